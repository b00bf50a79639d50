//! What else belongs to a user: devices that they trust, and invitations to organizations.

use super::{ROLES, Store, StoreError};
use crate::clerk::model::{
    InvitationStatus, Metadata, Object, Organization, OrganizationInvitation, PublicOrganizationData, Timestamp,
    TrustedDevice, TrustedDeviceStatus, User,
};
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

/// The kind of the documents that say which tokens are refused.
const REFUSAL: &str = "oauth_token_refusal";

impl Store {
    /// Puts in a device of the user with this number.
    pub(in crate::emulator) fn insert_trusted_device(
        &self,
        user: i64,
        device: &TrustedDevice,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO trusted_devices (id, user, body) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(sql)?.execute(params![device.id, user, serde_json::to_string(device)?])?;
        Ok(())
    }

    /// Puts in a device of the user with this id. Whether there is such a user.
    pub(in crate::emulator) fn add_trusted_device(
        &self,
        user_id: &str,
        device: &TrustedDevice,
    ) -> Result<bool, StoreError> {
        let Some(user) = self.seq_of(user_id)? else { return Ok(false) };
        self.insert_trusted_device(user, device)?;
        Ok(true)
    }

    /// The devices of a user, newest first.
    pub(in crate::emulator) fn trusted_devices(&self, user_id: &str) -> Result<Vec<TrustedDevice>, StoreError> {
        let sql =
            "SELECT d.body FROM trusted_devices d JOIN users u ON u.seq = d.user WHERE u.id = ?1 ORDER BY d.seq DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([user_id])?;
        let mut devices = Vec::new();
        while let Some(row) = rows.next()? {
            devices.push(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
        }
        Ok(devices)
    }

    /// Takes the trust in a device back; the device as it is then, or none where the user has no such one. One that is
    /// revoked already stays as it is.
    pub(in crate::emulator) fn revoke_trusted_device(
        &self,
        user_id: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<TrustedDevice>, StoreError> {
        let sql = "SELECT d.body FROM trusted_devices d JOIN users u ON u.seq = d.user WHERE u.id = ?1 AND d.id = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let body: Option<String> = statement.query_row([user_id, id], |row| row.get(0)).optional()?;
        let Some(mut device) = body.map(|body| serde_json::from_str::<TrustedDevice>(&body)).transpose()? else {
            return Ok(None);
        };
        if device.status != TrustedDeviceStatus::Revoked {
            device.status = TrustedDeviceStatus::Revoked;
            device.revoked_at = Some(now);
            device.updated_at = now;
            let sql = "UPDATE trusted_devices SET body = ?2 WHERE id = ?1";
            self.connection.prepare_cached(sql)?.execute(params![id, serde_json::to_string(&device)?])?;
        }
        Ok(Some(device))
    }

    /// Has the tokens that a user has at a provider refused with this code from now on, or given out again.
    pub(in crate::emulator) fn refuse_tokens(
        &self,
        user_id: &str,
        provider: &str,
        code: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let id = format!("{user_id}/{provider}");
        match code {
            Some(code) => {
                self.put_document("", &json!({ "object": REFUSAL, "id": id, "code": code, "created_at": now }))
            }
            None => self.delete_document(REFUSAL, &id).map(|_| ()),
        }
    }

    /// The code with which the tokens that a user has at a provider are refused.
    pub(in crate::emulator) fn refusal_of_tokens(
        &self,
        user_id: &str,
        provider: &str,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let refusal: Option<Value> = self.document(REFUSAL, &format!("{user_id}/{provider}"), now)?;
        Ok(refusal.and_then(|refusal| refusal["code"].as_str().map(str::to_owned)))
    }

    /// The invitations to organizations that went to a user's addresses, newest first. One that was not answered in time
    /// is expired, though nothing has written so.
    pub(in crate::emulator) fn invitations_of(
        &self,
        user: &User,
        status: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<OrganizationInvitation>, StoreError> {
        let emails: Vec<String> = user.email_addresses.iter().map(|email| email.email_address.to_lowercase()).collect();
        let sql = "SELECT i.id, i.email_address, i.role, i.created_at, i.expires_at, o.body,
                       CASE WHEN i.status = 'pending' AND i.expires_at <= ?2 THEN 'expired' ELSE i.status END AS standing
                   FROM invitations i JOIN organizations o ON o.seq = i.organization
                   WHERE i.email_address IN (SELECT value FROM json_each(?1)) AND (?3 IS NULL OR standing = ?3)
                   ORDER BY i.created_at DESC, i.seq DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![serde_json::to_string(&emails)?, now.as_millis(), status])?;
        let mut invitations = Vec::new();
        while let Some(row) = rows.next()? {
            let organization: Organization =
                serde_json::from_str(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?)?;
            let role: String = row.get(2)?;
            let created_at = Timestamp::from_millis(row.get(3)?);
            let standing: String = row.get(6)?;
            invitations.push(OrganizationInvitation {
                id: row.get(0)?,
                email_address: row.get(1)?,
                role_name: ROLES.iter().find(|known| known.key == role).map_or(String::new(), |role| role.name.into()),
                role,
                organization_id: Some(organization.id.clone()),
                status: Some(serde_json::from_value::<InvitationStatus>(standing.into())?),
                private_metadata: Some(Metadata::new()),
                expires_at: Some(Timestamp::from_millis(row.get(4)?)),
                created_at,
                updated_at: created_at,
                public_organization_data: Some(PublicOrganizationData {
                    id: organization.id,
                    name: organization.name,
                    slug: organization.slug,
                    image_url: organization.image_url,
                    has_image: organization.has_image,
                }),
                object: Object::default(),
                ..OrganizationInvitation::default()
            });
        }
        Ok(invitations)
    }
}
