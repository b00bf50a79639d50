//! Invitations to organizations.

use super::{Store, StoreError, folded, organizations::role};
use crate::clerk::model::{
    InvitationStatus, Object, OrganizationId, OrganizationInvitation, PublicInviterData, PublicOrganizationData,
    Timestamp, UserId,
};
use rusqlite::{Row, params};

/// Which invitations to organizations, and in which order.
#[derive(Clone, Debug, Default)]
pub(in crate::emulator) struct OrganizationInvitationQuery {
    /// To the organization with this number.
    pub(in crate::emulator) organization: Option<i64>,
    /// One of these; any where there are none.
    pub(in crate::emulator) statuses: Vec<String>,
    /// To exactly this address; folded.
    pub(in crate::emulator) email_address: Option<String>,
    /// To an address with this in it; folded.
    pub(in crate::emulator) text: Option<String>,
    /// By the address rather than by age.
    pub(in crate::emulator) by_address: bool,
    pub(in crate::emulator) descending: bool,
    pub(in crate::emulator) limit: u32,
    pub(in crate::emulator) offset: u64,
}

const STATUS: &str = "CASE WHEN i.status = 'pending' AND i.expires_at <= ?1 THEN 'expired' ELSE i.status END";
const COLUMNS: &str = "i.id, i.email_address, i.role, o.id, i.inviter, i.public_metadata, i.private_metadata, i.url,
    i.expires_at, i.created_at, coalesce(i.updated_at, i.created_at), o.body";

impl Store {
    /// A page of invitations as they are at `now`, with their organizations, and how many there are in all.
    pub(in crate::emulator) fn organization_invitations(
        &self,
        query: &OrganizationInvitationQuery,
        now: Timestamp,
    ) -> Result<(Vec<OrganizationInvitation>, u64), StoreError> {
        let conditions = format!(
            "FROM invitations i JOIN organizations o ON o.seq = i.organization
             WHERE (?2 IS NULL OR i.organization = ?2) AND (?3 = '[]' OR {STATUS} IN (SELECT value FROM json_each(?3)))
                 AND (?4 IS NULL OR folded(i.email_address) = ?4) AND (?5 IS NULL OR instr(folded(i.email_address), ?5) > 0)"
        );
        let statuses = serde_json::to_string(&query.statuses)?;
        let which = (now.as_millis(), query.organization, &statuses, &query.email_address, &query.text);
        let total: i64 = self
            .connection
            .prepare_cached(&format!("SELECT count(*) {conditions}"))?
            .query_row(which, |row| row.get(0))?;
        let by = if query.by_address { "folded(i.email_address)" } else { "i.created_at" };
        let way = if query.descending { "DESC" } else { "ASC" };
        let sql =
            format!("SELECT {COLUMNS}, {STATUS} {conditions} ORDER BY {by} {way}, i.seq {way} LIMIT ?6 OFFSET ?7");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let offset = i64::try_from(query.offset).unwrap_or(i64::MAX);
        let values = params![which.0, which.1, which.2, which.3, which.4, query.limit, offset];
        let mut rows = statement.query(values)?;
        let mut invitations = Vec::new();
        while let Some(row) = rows.next()? {
            invitations.push(self.invitation_of(row, now)?);
        }
        Ok((invitations, u64::try_from(total).unwrap_or(0)))
    }

    /// One invitation to the organization with this number.
    pub(in crate::emulator) fn organization_invitation(
        &self,
        organization: i64,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<OrganizationInvitation>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, {STATUS} FROM invitations i JOIN organizations o ON o.seq = i.organization
             WHERE i.organization = ?2 AND i.id = ?3"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![now.as_millis(), organization, id])?;
        rows.next()?.map(|row| self.invitation_of(row, now)).transpose()
    }

    /// Writes what an invitation has beyond what it is put in with, and where it stands.
    pub(in crate::emulator) fn update_organization_invitation(
        &self,
        invitation: &OrganizationInvitation,
    ) -> Result<(), StoreError> {
        let sql =
            "UPDATE invitations SET status = ?2, inviter = ?3, public_metadata = ?4, private_metadata = ?5, url = ?6,
                       updated_at = ?7 WHERE id = ?1";
        let private = invitation.private_metadata.clone().unwrap_or_default();
        self.connection.prepare_cached(sql)?.execute(params![
            invitation.id,
            invitation.status.as_ref().map_or("pending", InvitationStatus::as_str),
            invitation.inviter_id.as_ref().map(UserId::as_str),
            serde_json::to_string(&invitation.public_metadata)?,
            serde_json::to_string(&private)?,
            invitation.url,
            invitation.updated_at.as_millis(),
        ])?;
        Ok(())
    }

    /// Whether somebody with this address belongs to the organization with this number.
    pub(in crate::emulator) fn is_member_by_email(&self, organization: i64, email: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM identifications i JOIN memberships m ON m.user = i.user
                   WHERE i.kind = 'email_address' AND i.value = ?2 AND m.organization = ?1)";
        Ok(self.connection.prepare_cached(sql)?.query_row(params![organization, folded(email)], |row| row.get(0))?)
    }

    fn invitation_of(&self, row: &Row<'_>, now: Timestamp) -> Result<OrganizationInvitation, StoreError> {
        let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
        let key: String = row.get(2)?;
        let inviter: Option<String> = row.get(4)?;
        let inviter_data = inviter.as_deref().map(|id| self.user(id, now)).transpose()?.flatten();
        let status: String = row.get(12)?;
        Ok(OrganizationInvitation {
            object: Object::default(),
            id: row.get(0)?,
            email_address: row.get(1)?,
            role_name: role(&key).map_or_else(|| key.clone(), |role| role.name.to_owned()),
            role: key,
            organization_id: Some(OrganizationId::from(text(3)?)),
            public_inviter_data: inviter_data.map(|user| {
                let data = super::organizations::public_data(&user);
                PublicInviterData {
                    user_id: data.user_id,
                    first_name: data.first_name,
                    last_name: data.last_name,
                    image_url: data.image_url,
                    has_image: data.has_image,
                    identifier: data.identifier.unwrap_or_default(),
                }
            }),
            inviter_id: inviter.map(UserId::from),
            status: Some(serde_json::from_value(status.into())?),
            public_metadata: serde_json::from_str(text(5)?)?,
            private_metadata: Some(serde_json::from_str(text(6)?)?),
            url: row.get(7)?,
            expires_at: Some(Timestamp::from_millis(row.get(8)?)),
            created_at: Timestamp::from_millis(row.get(9)?),
            updated_at: Timestamp::from_millis(row.get(10)?),
            public_organization_data: Some(serde_json::from_str::<PublicOrganizationData>(text(11)?)?),
        })
    }
}
