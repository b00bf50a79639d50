//! The switches of the instance.

use super::{Store, StoreError};
use crate::clerk::model::InstanceRestrictions;

const NAME: &str = "restrictions";

impl Store {
    /// How they stand; all off in the beginning.
    pub(in crate::emulator) fn restrictions(&self) -> Result<InstanceRestrictions, StoreError> {
        Ok(self.meta(NAME)?.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default())
    }

    /// Keeps how they stand.
    pub(in crate::emulator) fn set_restrictions(&self, restrictions: &InstanceRestrictions) -> Result<(), StoreError> {
        self.set_meta(NAME, &serde_json::to_string(restrictions)?)
    }
}
