//! Who belongs to organizations: lists, and one by one.

use super::{
    Filter, Store, StoreError,
    filter::Sql,
    organizations::{public_data, role},
};
use crate::clerk::model::{MembershipId, Metadata, Object, OrganizationMembership, Timestamp};
use rusqlite::{OptionalExtension, Row, params, params_from_iter, types::Value};

/// Which memberships.
#[derive(Clone, Debug, Default)]
pub(in crate::emulator) struct MembershipFilter {
    /// Those in the organization with this number.
    pub(in crate::emulator) organization: Option<i64>,
    /// Those of users that pass.
    pub(in crate::emulator) users: Filter,
    /// Those with one of these roles.
    pub(in crate::emulator) roles: Vec<String>,
}

/// What memberships can be ordered by; the names are Clerk's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub(in crate::emulator) enum MembershipColumn {
    CreatedAt,
    EmailAddress,
    FirstName,
    LastName,
    PhoneNumber,
    Username,
}

impl MembershipColumn {
    fn sql(self) -> &'static str {
        match self {
            Self::CreatedAt => "m.created_at",
            Self::EmailAddress => "p.email_address",
            Self::FirstName => "p.first_name",
            Self::LastName => "p.last_name",
            Self::PhoneNumber => "p.phone_number",
            Self::Username => "p.username",
        }
    }
}

/// Which rows of a list, in which order.
#[derive(Clone, Copy, Debug)]
pub(in crate::emulator) struct MembershipRows {
    pub(in crate::emulator) by: MembershipColumn,
    pub(in crate::emulator) descending: bool,
    pub(in crate::emulator) limit: u32,
    pub(in crate::emulator) offset: u64,
}

const COLUMNS: &str = "m.id, m.role, m.public_metadata, m.private_metadata, m.created_at, m.updated_at, o.body, p.id";
const TABLES: &str = "FROM memberships m JOIN organizations o ON o.seq = m.organization JOIN users p ON p.seq = m.user";

impl Store {
    /// A page of memberships as they are at `now`, and how many there are in all.
    pub(in crate::emulator) fn memberships_where(
        &self,
        filter: &MembershipFilter,
        rows: MembershipRows,
        now: Timestamp,
    ) -> Result<(Vec<OrganizationMembership>, u64), StoreError> {
        let mut conditions = Sql::default();
        conditions.push(" WHERE 1", []);
        if let Some(organization) = filter.organization {
            conditions.push(" AND m.organization = ?", [Value::Integer(organization)]);
        }
        if !filter.roles.is_empty() {
            let marks = vec!["?"; filter.roles.len()].join(", ");
            let roles = filter.roles.iter().cloned().map(Value::Text);
            conditions.push(&format!(" AND m.role IN ({marks})"), roles);
        }
        if filter.users != Filter::default() {
            conditions.push(" AND m.user IN (SELECT u.seq FROM ", []);
            self.push_source(&mut conditions, &filter.users)?;
            conditions.push(")", []);
        }
        let sql = format!("SELECT count(*) FROM memberships m{}", conditions.text);
        let total: i64 =
            self.connection.prepare_cached(&sql)?.query_row(params_from_iter(&conditions.values), |row| row.get(0))?;
        let way = if rows.descending { "DESC" } else { "ASC" };
        let (by, offset) = (rows.by.sql(), i64::try_from(rows.offset).unwrap_or(i64::MAX));
        let order = format!(" ORDER BY {by} {way}, m.seq {way} LIMIT ? OFFSET ?");
        conditions.push(&order, [Value::Integer(rows.limit.into()), Value::Integer(offset)]);
        let mut statement = self.connection.prepare_cached(&format!("SELECT {COLUMNS} {TABLES}{}", conditions.text))?;
        let mut found = statement.query(params_from_iter(conditions.values))?;
        let mut memberships = Vec::new();
        while let Some(row) = found.next()? {
            memberships.push(self.membership_of(row, now)?);
        }
        Ok((memberships, u64::try_from(total).unwrap_or(0)))
    }

    /// The membership of a user in the organization with this number.
    pub(in crate::emulator) fn membership(
        &self,
        organization: i64,
        user_id: &str,
        now: Timestamp,
    ) -> Result<Option<OrganizationMembership>, StoreError> {
        let sql = format!("SELECT {COLUMNS} {TABLES} WHERE m.organization = ?1 AND p.id = ?2");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![organization, user_id])?;
        rows.next()?.map(|row| self.membership_of(row, now)).transpose()
    }

    fn membership_of(&self, row: &Row<'_>, now: Timestamp) -> Result<OrganizationMembership, StoreError> {
        let key: String = row.get(1)?;
        let role = role(&key);
        let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
        Ok(OrganizationMembership {
            id: MembershipId::from(text(0)?),
            object: Object::default(),
            role_name: role.map(|role| role.name.to_owned()),
            permissions: role.into_iter().flat_map(|role| role.permissions).map(ToString::to_string).collect(),
            role: key,
            public_metadata: serde_json::from_str(text(2)?)?,
            private_metadata: Some(serde_json::from_str(text(3)?)?),
            created_at: Timestamp::from_millis(row.get(4)?),
            updated_at: Timestamp::from_millis(row.get(5)?),
            organization: serde_json::from_str(text(6)?)?,
            public_user_data: self.user(text(7)?, now)?.map(|user| public_data(&user)),
        })
    }

    /// Writes the role and the metadata of a membership.
    pub(in crate::emulator) fn update_membership(&self, membership: &OrganizationMembership) -> Result<(), StoreError> {
        let sql = "UPDATE memberships SET role = ?2, public_metadata = ?3, private_metadata = ?4, updated_at = ?5
                   WHERE id = ?1";
        self.connection.prepare_cached(sql)?.execute(params![
            membership.id.as_str(),
            membership.role,
            bag(Some(&membership.public_metadata))?,
            bag(membership.private_metadata.as_ref())?,
            membership.updated_at.as_millis(),
        ])?;
        Ok(())
    }

    /// Ends a membership.
    pub(in crate::emulator) fn delete_membership(&self, id: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached("DELETE FROM memberships WHERE id = ?1")?.execute([id])?;
        Ok(())
    }

    /// How many members the organization with this number has; with this role, or in all.
    pub(in crate::emulator) fn members(&self, organization: i64, role: Option<&str>) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM memberships WHERE organization = ?1 AND (?2 IS NULL OR role = ?2)";
        let count: i64 =
            self.connection.prepare_cached(sql)?.query_row(params![organization, role], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The number of the organization with this id or slug.
    pub(in crate::emulator) fn organization_seq(&self, id_or_slug: &str) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT seq FROM organizations WHERE id = ?1 OR slug = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([id_or_slug], |row| row.get(0)).optional()?)
    }

    /// The number of a user.
    pub(in crate::emulator) fn user_seq(&self, id: &str) -> Result<Option<i64>, StoreError> {
        self.seq_of(id)
    }
}

fn bag(metadata: Option<&Metadata>) -> Result<String, StoreError> {
    Ok(metadata.map_or(Ok("{}".to_owned()), serde_json::to_string)?)
}
