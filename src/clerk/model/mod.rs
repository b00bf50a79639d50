//! The wire types of Clerk's Backend API, as its published contract of 2026-05-12 has them.
//!
//! Reading is tolerant: a field that is missing, `null` or of a value that this version does not know
//! never fails a page, and unknown fields are kept in [`Received::raw`]. Writing is exact: a required key
//! is present, with `null` where there is nothing.
//!
//! The client reads these types and the emulator writes them, so that the two cannot drift apart.

mod account;
mod deleted;
mod id;
mod identification;
mod instance;
mod invitation;
mod object;
mod organization;
mod received;
mod restriction;
mod role;
mod session;
mod timestamp;
mod token;
mod tolerant;
mod trusted_device;
mod user;
mod user_text;
mod verification;
mod waitlist;

pub use account::{EnterpriseAccount, ExternalAccount, SamlAccount};
pub use deleted::DeletedObject;
pub use id::{InstanceId, MembershipId, OrganizationId, SessionId, UserId};
pub use identification::{EmailAddress, IdentificationLink, Passkey, PhoneNumber, Web3Wallet, primary_first};
pub use instance::{EnvironmentType, Instance};
pub use invitation::{Invitation, InvitationStatus, OrganizationInvitation, PublicInviterData, PublicOrganizationData};
pub use object::{Object, Tagged};
pub use organization::{Organization, OrganizationMembership, PublicUserData};
pub use received::Received;
pub(crate) use received::one_line;
pub use restriction::{AllowlistIdentifier, BlocklistIdentifier, IdentifierType, InstanceRestrictions};
pub use role::{Permission, Role};
pub use session::{Session, SessionActivity, SessionStatus, SessionTask};
pub use timestamp::Timestamp;
pub use token::{ActorToken, OAuthAccessToken, Secret, SignInToken, TokenStatus};
pub use trusted_device::{TrustedDevice, TrustedDeviceStatus};
pub use user::{ScimLink, User};
pub use user_text::UserText;
pub use verification::{Verification, VerificationStatus};
pub use waitlist::{WaitlistEntry, WaitlistStatus};

use serde::{Deserialize, Serialize};

/// A bag of metadata: public, private or unsafe. Clerk allows 8 KB a bag.
pub type Metadata = serde_json::Map<String, serde_json::Value>;

/// One page of a list that Clerk answers as `{data, total_count}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows of this page, in the order asked for.
    pub data: Vec<T>,
    /// How many rows there are in all, over every page.
    pub total_count: u64,
}

/// The answer of a counting endpoint, such as `GET /v1/users/count`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalCount {
    /// Always `total_count`.
    #[serde(default)]
    pub object: Object<TotalCount>,
    /// How many there are.
    pub total_count: u64,
}

impl Tagged for TotalCount {
    const OBJECT: &'static str = "total_count";
}

#[cfg(test)]
mod tests;
