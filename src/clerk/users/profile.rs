//! Who a user is: creating, changing and deleting one.

use super::{CreateUser, MetadataBags, UpdateUser, Users};
use crate::clerk::{
    Answer, Error, File,
    body::Fields,
    decode,
    model::{DeletedObject, Received, User, UserId},
    request::Request,
};

impl Users<'_> {
    /// Creates a user. Email addresses and phone numbers count as verified. It is sent once. `POST /v1/users`
    ///
    /// # Errors
    ///
    /// 422 with one item for each field that Clerk does not take, 402 or 403 when the instance's plan has no more room.
    /// After [an error that leaves it open](Error::may_have_happened) the user may exist: look before trying again.
    pub async fn create(&self, user: &CreateUser) -> Result<Answer<Received<User>>, Error> {
        self.clerk.send(&Request::post(&["users"])?.with_fields(user.fields()), decode::object).await
    }

    /// Changes a user. `PATCH /v1/users/{id}`, and `PUT /v1/users/{id}/metadata` where metadata is given
    ///
    /// These are two requests, as Clerk takes metadata in no other way: where the second fails, the first has happened.
    /// An update that keeps everything reads the user.
    ///
    /// # Errors
    ///
    /// 422 with one item for each field that Clerk does not take, 404 when there is no such user, 409 when a directory
    /// manages the user.
    pub async fn update(&self, id: &UserId, update: &UpdateUser) -> Result<Answer<Received<User>>, Error> {
        let fields = update.fields();
        if fields.is_empty() && update.metadata.is_empty() {
            return self.get(id).await;
        }
        let mut answer = None;
        if !fields.is_empty() {
            let request = Request::patch(&["users", id.as_str()])?.with_fields(fields).changing(id);
            answer = Some(self.user(id, &request).await?);
        }
        match answer {
            Some(answer) if update.metadata.is_empty() => Ok(answer),
            _ => self.replace_metadata(id, &update.metadata).await,
        }
    }

    /// Merges into a user's metadata, deeply; `null` at any depth removes a key. `PATCH /v1/users/{id}/metadata`
    ///
    /// # Errors
    ///
    /// 422 when a bag becomes larger than 8 KB, 404 when there is no such user.
    pub async fn merge_metadata(&self, id: &UserId, bags: &MetadataBags) -> Result<Answer<Received<User>>, Error> {
        let request = Request::patch(&["users", id.as_str(), "metadata"])?;
        self.user(id, &request.with_fields(bags.put_into(Fields::default())).changing(id)).await
    }

    /// Replaces each bag of a user's metadata that is given. `PUT /v1/users/{id}/metadata`
    ///
    /// # Errors
    ///
    /// As of [`Users::merge_metadata`].
    pub async fn replace_metadata(&self, id: &UserId, bags: &MetadataBags) -> Result<Answer<Received<User>>, Error> {
        let request = Request::put(&["users", id.as_str(), "metadata"])?;
        self.user(id, &request.with_fields(bags.put_into(Fields::default())).changing(id)).await
    }

    /// Deletes a user, with all that belongs to it, for ever. `DELETE /v1/users/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such user (any more), also when a first try went through and its answer was lost.
    pub async fn delete(&self, id: &UserId) -> Result<Answer<DeletedObject>, Error> {
        let request = Request::delete(&["users", id.as_str()])?.changing(id);
        self.clerk.send(&request, decode::deleted(id.as_str())).await
    }

    /// Sets the picture of a user: PNG, JPEG, GIF or WebP, at most 10 MB. `POST /v1/users/{id}/profile_image`
    ///
    /// # Errors
    ///
    /// 400 for what is no picture, 413 for one that is too large, 404 when there is no such user.
    pub async fn set_profile_image(&self, id: &UserId, image: &File) -> Result<Answer<Received<User>>, Error> {
        let request = Request::post(&["users", id.as_str(), "profile_image"])?;
        self.user(id, &request.with_file(image).setting_state_of(id)).await
    }

    /// Takes the picture of a user away. `DELETE /v1/users/{id}/profile_image`
    ///
    /// # Errors
    ///
    /// 404 when there is no such user, or no picture.
    pub async fn delete_profile_image(&self, id: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.user(id, &Request::delete(&["users", id.as_str(), "profile_image"])?.changing(id)).await
    }
}
