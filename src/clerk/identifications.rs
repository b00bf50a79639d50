//! Email addresses and phone numbers, each by its own id.

use super::{
    Answer, Clerk, Error,
    body::Fields,
    decode,
    model::{DeletedObject, EmailAddress, PhoneNumber, UserId},
    request::Request,
};

/// The endpoints of email addresses and phone numbers. From [`Clerk::identifications`].
#[derive(Clone, Copy, Debug)]
pub struct Identifications<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

/// What an email address becomes; what is left out stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmailAddressUpdate {
    /// Whether it is known to be the user's.
    pub verified: Option<bool>,
    /// Whether it is the primary one.
    pub primary: Option<bool>,
    /// Whether the user is told, at the address before, that another is the primary one.
    pub notify_primary_email_address_changed: bool,
}

/// What a phone number becomes; what is left out stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhoneNumberUpdate {
    /// Whether it is known to be the user's.
    pub verified: Option<bool>,
    /// Whether it is the primary one.
    pub primary: Option<bool>,
    /// Whether codes are sent to it as a second factor.
    pub reserved_for_second_factor: Option<bool>,
}

impl EmailAddressUpdate {
    fn put_into(self, fields: Fields) -> Fields {
        let notify = self.notify_primary_email_address_changed.then_some(true);
        fields
            .set_some("verified", self.verified)
            .set_some("primary", self.primary)
            .set_some("notify_primary_email_address_changed", notify)
    }
}

impl PhoneNumberUpdate {
    fn put_into(self, fields: Fields) -> Fields {
        fields
            .set_some("verified", self.verified)
            .set_some("primary", self.primary)
            .set_some("reserved_for_second_factor", self.reserved_for_second_factor)
    }
}

impl Identifications<'_> {
    /// Gives a user another email address. It is sent once. `POST /v1/email_addresses`
    ///
    /// # Errors
    ///
    /// 422 when it is none or is taken, 404 when there is no such user.
    pub async fn create_email_address(
        &self,
        user: &UserId,
        email_address: &str,
        state: EmailAddressUpdate,
    ) -> Result<Answer<EmailAddress>, Error> {
        let fields = Fields::default().set("user_id", user.as_str()).set("email_address", email_address);
        let request = Request::post(&["email_addresses"])?.with_fields(state.put_into(fields)).changing(user);
        self.clerk.send(&request, decode::object).await
    }

    /// One email address, `idn_…`. `GET /v1/email_addresses/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such address.
    pub async fn email_address(&self, id: &str) -> Result<Answer<EmailAddress>, Error> {
        self.clerk.send(&Request::get(&["email_addresses", id])?, decode::object).await
    }

    /// Changes what an email address counts as. `PATCH /v1/email_addresses/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such address, 400 for a primary one that is not verified.
    pub async fn update_email_address(
        &self,
        id: &str,
        update: EmailAddressUpdate,
    ) -> Result<Answer<EmailAddress>, Error> {
        let request = Request::patch(&["email_addresses", id])?.with_fields(update.put_into(Fields::default()));
        self.clerk.send(&request, decode::object).await
    }

    /// Deletes an email address. `DELETE /v1/email_addresses/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such address, 400 when it is the last thing to sign in by.
    pub async fn delete_email_address(&self, id: &str) -> Result<Answer<DeletedObject>, Error> {
        self.clerk.send(&Request::delete(&["email_addresses", id])?, decode::deleted(id)).await
    }

    /// Gives a user another phone number. It is sent once. `POST /v1/phone_numbers`
    ///
    /// # Errors
    ///
    /// 422 when it is none or is taken, 404 when there is no such user.
    pub async fn create_phone_number(
        &self,
        user: &UserId,
        phone_number: &str,
        state: PhoneNumberUpdate,
    ) -> Result<Answer<PhoneNumber>, Error> {
        let fields = Fields::default().set("user_id", user.as_str()).set("phone_number", phone_number);
        let request = Request::post(&["phone_numbers"])?.with_fields(state.put_into(fields)).changing(user);
        self.clerk.send(&request, decode::object).await
    }

    /// One phone number, `idn_…`. `GET /v1/phone_numbers/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such number.
    pub async fn phone_number(&self, id: &str) -> Result<Answer<PhoneNumber>, Error> {
        self.clerk.send(&Request::get(&["phone_numbers", id])?, decode::object).await
    }

    /// Changes what a phone number counts as. `PATCH /v1/phone_numbers/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such number, 400 for a primary one that is not verified.
    pub async fn update_phone_number(&self, id: &str, update: PhoneNumberUpdate) -> Result<Answer<PhoneNumber>, Error> {
        let request = Request::patch(&["phone_numbers", id])?.with_fields(update.put_into(Fields::default()));
        self.clerk.send(&request, decode::object).await
    }

    /// Deletes a phone number. `DELETE /v1/phone_numbers/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such number, 400 when it is the last thing to sign in by.
    pub async fn delete_phone_number(&self, id: &str) -> Result<Answer<DeletedObject>, Error> {
        self.clerk.send(&Request::delete(&["phone_numbers", id])?, decode::deleted(id)).await
    }
}
