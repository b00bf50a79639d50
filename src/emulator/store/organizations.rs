//! Organizations, and who belongs to them.

use super::{Store, StoreError};
use crate::clerk::model::{
    MembershipId, Object, Organization, OrganizationMembership, PublicUserData, Timestamp, User,
};
use rusqlite::params;

/// What a role is called and allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emulator) struct Role {
    pub(in crate::emulator) key: &'static str,
    pub(in crate::emulator) name: &'static str,
    pub(in crate::emulator) permissions: &'static [&'static str],
}

/// The roles of every emulated instance: Clerk's two, and two of an application's own.
pub(in crate::emulator) const ROLES: &[Role] = &[
    Role {
        key: "org:admin",
        name: "Admin",
        permissions: &[
            "org:sys_profile:manage",
            "org:sys_profile:delete",
            "org:sys_memberships:read",
            "org:sys_memberships:manage",
            "org:sys_domains:read",
            "org:sys_domains:manage",
            "org:sys_billing:read",
            "org:sys_billing:manage",
        ],
    },
    Role { key: "org:member", name: "Member", permissions: &["org:sys_memberships:read", "org:sys_billing:read"] },
    Role {
        key: "org:billing_manager",
        name: "Billing manager",
        permissions: &["org:sys_billing:read", "org:sys_billing:manage", "org:invoices:export"],
    },
    Role { key: "org:guest", name: "Guest", permissions: &[] },
];

pub(super) fn role(key: &str) -> Option<&'static Role> {
    ROLES.iter().find(|role| role.key == key)
}

impl Store {
    /// Puts in an organization; its number here.
    pub(in crate::emulator) fn insert_organization(&self, organization: &Organization) -> Result<i64, StoreError> {
        let sql = "INSERT INTO organizations (id, slug, body) VALUES (?1, ?2, ?3)";
        let body = serde_json::to_string(organization)?;
        Ok(self.connection.prepare_cached(sql)?.insert(params![organization.id.as_str(), organization.slug, body])?)
    }

    /// Puts in a membership of the user in the organization with these numbers. Whether it is new.
    pub(in crate::emulator) fn insert_membership(
        &self,
        id: &str,
        (user, organization): (i64, i64),
        role: &Role,
        public_metadata: &str,
        created_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql =
            "INSERT OR IGNORE INTO memberships (id, user, organization, role, public_metadata, created_at, updated_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)";
        let created_at = created_at.as_millis();
        let values = params![id, user, organization, role.key, public_metadata, created_at];
        Ok(self.connection.prepare_cached(sql)?.execute(values)? == 1)
    }

    /// Puts in an open invitation to the organization with this number.
    pub(in crate::emulator) fn insert_invitation(
        &self,
        id: &str,
        organization: i64,
        email_address: &str,
        role: &Role,
        (created_at, expires_at): (Timestamp, Timestamp),
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO invitations (id, organization, email_address, role, status, created_at, expires_at)
                   VALUES (?1, ?2, ?3, ?4, 'pending', ?5, ?6)";
        let times = (created_at.as_millis(), expires_at.as_millis());
        self.connection.prepare_cached(sql)?.execute(params![
            id,
            organization,
            email_address,
            role.key,
            times.0,
            times.1
        ])?;
        Ok(())
    }

    /// A page of a user's memberships, newest first, and how many there are in all.
    pub(in crate::emulator) fn memberships(
        &self,
        user: &User,
        limit: u32,
        offset: u64,
    ) -> Result<(Vec<OrganizationMembership>, u64), StoreError> {
        let Some(seq) = self.seq_of(user.id.as_str())? else { return Ok((Vec::new(), 0)) };
        let sql = "SELECT m.id, m.role, m.public_metadata, m.created_at, m.updated_at, o.body, m.private_metadata
                   FROM memberships m JOIN organizations o ON o.seq = m.organization
                   WHERE m.user = ?1 ORDER BY m.created_at DESC, m.seq DESC LIMIT ?2 OFFSET ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![seq, limit, i64::try_from(offset).unwrap_or(i64::MAX)])?;
        let mut memberships = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(1)?;
            let role = role(&key);
            let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
            memberships.push(OrganizationMembership {
                id: MembershipId::from(text(0)?),
                object: Object::default(),
                role_name: role.map(|role| role.name.to_owned()),
                permissions: role.into_iter().flat_map(|role| role.permissions).map(ToString::to_string).collect(),
                role: key,
                public_metadata: serde_json::from_str(text(2)?)?,
                private_metadata: Some(serde_json::from_str(text(6)?)?),
                organization: serde_json::from_str(text(5)?)?,
                public_user_data: Some(public_data(user)),
                created_at: Timestamp::from_millis(row.get(3)?),
                updated_at: Timestamp::from_millis(row.get(4)?),
            });
        }
        let mut statement = self.connection.prepare_cached("SELECT count(*) FROM memberships WHERE user = ?1")?;
        let total: i64 = statement.query_row([seq], |row| row.get(0))?;
        Ok((memberships, u64::try_from(total).unwrap_or(0)))
    }
}

pub(super) fn public_data(user: &User) -> PublicUserData {
    let identifier = user
        .primary_email_address()
        .map(|email| &email.email_address)
        .or(user.primary_phone_number().map(|phone| &phone.phone_number))
        .or(user.username.as_ref())
        .or(user.primary_web3_wallet().map(|wallet| &wallet.web3_wallet));
    PublicUserData {
        user_id: user.id.clone(),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        profile_image_url: user.image_url.clone(),
        image_url: user.image_url.clone().unwrap_or_default(),
        has_image: user.has_image,
        identifier: identifier.cloned(),
        username: user.username.clone(),
        banned: Some(user.banned),
        deprovisioned: Some(false),
    }
}
