//! Organizations: lists, and one by one.

use super::{Choice, Store, StoreError, filter::Sql, folded};
use crate::clerk::model::Organization;
use rusqlite::{Row, params_from_iter, types::Value};

/// What organizations can be ordered by; the names are Clerk's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(in crate::emulator) enum OrganizationColumn {
    CreatedAt,
    MembersCount,
    Name,
}

/// Which organizations, what of them, and in which order.
#[derive(Clone, Debug)]
pub(in crate::emulator) struct OrganizationQuery {
    /// In name, slug or id; folded.
    pub(in crate::emulator) text: Option<String>,
    /// Those that these users belong to.
    pub(in crate::emulator) user_ids: Choice,
    pub(in crate::emulator) ids: Choice,
    pub(in crate::emulator) by: OrganizationColumn,
    pub(in crate::emulator) descending: bool,
    pub(in crate::emulator) counts: OrganizationCounts,
    pub(in crate::emulator) limit: u32,
    pub(in crate::emulator) offset: u64,
}

/// What of an organization is only told where it was asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::emulator) struct OrganizationCounts {
    pub(in crate::emulator) members: bool,
    pub(in crate::emulator) missing_admin: bool,
}

const COLUMNS: &str = "o.body, (SELECT count(*) FROM memberships m WHERE m.organization = o.seq) AS members_count,
    EXISTS (SELECT 1 FROM memberships m WHERE m.organization = o.seq AND m.role = 'org:admin'),
    folded(o.body ->> 'name') AS name, o.body ->> 'created_at' AS created_at, o.seq";

impl Store {
    /// A page of organizations, and how many there are in all.
    pub(in crate::emulator) fn organizations(
        &self,
        query: &OrganizationQuery,
    ) -> Result<(Vec<Organization>, u64), StoreError> {
        let mut sql = Sql::default();
        sql.push(" FROM organizations o WHERE 1", []);
        if let Some(text) = &query.text {
            let value = || Value::Text(text.clone());
            let condition =
                " AND (instr(folded(o.body ->> 'name'), ?) > 0 OR instr(o.slug, ?) > 0 OR folded(o.id) = ?)";
            sql.push(condition, [value(), value(), value()]);
        }
        push_choice(&mut sql, "o.id", &query.ids, None);
        let members = "SELECT m.organization FROM memberships m JOIN users u ON u.seq = m.user WHERE u.id";
        push_choice(&mut sql, "o.seq", &query.user_ids, Some(members));
        let count = format!("SELECT count(*){}", sql.text);
        let total: i64 =
            self.connection.prepare_cached(&count)?.query_row(params_from_iter(&sql.values), |row| row.get(0))?;
        let way = if query.descending { "DESC" } else { "ASC" };
        let order = format!(" ORDER BY {} {way}, o.seq {way} LIMIT ? OFFSET ?", <&str>::from(query.by));
        let offset = i64::try_from(query.offset).unwrap_or(i64::MAX);
        sql.push(&order, [Value::Integer(query.limit.into()), Value::Integer(offset)]);
        let mut statement = self.connection.prepare_cached(&format!("SELECT {COLUMNS}{}", sql.text))?;
        let mut rows = statement.query(params_from_iter(sql.values))?;
        let mut organizations = Vec::new();
        while let Some(row) = rows.next()? {
            organizations.push(organization_of(row, query.counts)?);
        }
        Ok((organizations, u64::try_from(total).unwrap_or(0)))
    }

    /// The organization with this id or slug.
    pub(in crate::emulator) fn organization(
        &self,
        id_or_slug: &str,
        counts: OrganizationCounts,
    ) -> Result<Option<Organization>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM organizations o WHERE o.id = ?1 OR o.slug = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([id_or_slug])?;
        rows.next()?.map(|row| organization_of(row, counts)).transpose()
    }
}

/// `column` has to be one of the included and none of the excluded; directly, or through a select that ends in a column.
fn push_choice(sql: &mut Sql, column: &str, choice: &Choice, through: Option<&str>) {
    for (word, values) in [("IN", &choice.include), ("NOT IN", &choice.exclude)] {
        if values.is_empty() {
            continue;
        }
        let marks = vec!["?"; values.len()].join(", ");
        let values = values.iter().cloned().map(Value::Text);
        match through {
            None => sql.push(&format!(" AND {column} {word} ({marks})"), values),
            Some(select) => sql.push(&format!(" AND {column} {word} ({select} IN ({marks}))"), values),
        }
    }
}

fn organization_of(row: &Row<'_>, counts: OrganizationCounts) -> Result<Organization, StoreError> {
    let body = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
    let mut organization: Organization = serde_json::from_str(body)?;
    let (members, has_admin): (i64, bool) = (row.get(1)?, row.get(2)?);
    organization.members_count = counts.members.then_some(members);
    organization.missing_member_with_elevated_permissions = counts.missing_admin.then_some(!has_admin);
    Ok(organization)
}

/// Lets SQL compare as `folded` does, in any script.
pub(super) fn teach_folding(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    use rusqlite::functions::FunctionFlags;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("folded", 1, flags, |context| {
        Ok(context.get::<Option<String>>(0)?.map(|text| folded(&text)))
    })
}
