//! The `object` field that names the type of everything Clerk sends.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::IgnoredAny};
use std::{fmt, marker::PhantomData};

/// A resource whose `object` field always has the same word.
pub trait Tagged {
    /// That word, `user` for a user.
    const OBJECT: &'static str;
}

/// The `object` field of `T`: written as [`Tagged::OBJECT`], and not looked at when read.
pub struct Object<T>(PhantomData<fn() -> T>);

impl<T> Default for Object<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T> Clone for Object<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Object<T> {}

impl<T> PartialEq for Object<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Object<T> {}

impl<T: Tagged> fmt::Debug for Object<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::OBJECT)
    }
}

impl<T: Tagged> Serialize for Object<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(T::OBJECT)
    }
}

impl<'de, T> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self::default())
    }
}
