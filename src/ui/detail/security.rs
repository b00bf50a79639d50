//! The security tab: what the user signs in with, and all about the chosen item.

use super::{
    Hidden, Row, moment,
    rows::{CURSOR, draw_cursor},
    text, token,
};
use crate::{
    app::{
        Focus, Known, SlotId,
        detail::{SecurityItem, WhyNoDevice},
        layout::{DetailArea, Layout},
    },
    clerk::model::{TrustedDevice, TrustedDeviceStatus, Verification},
    ui::{failure, inset, paint::Canvas, row_of, text::Shown, user, view::View},
};
use ratatui::layout::Rect;

pub(super) fn draw(view: &View<'_>, known: &Known, area: DetailArea, canvas: &mut Canvas<'_>) -> Hidden {
    let items = view.app.security_items();
    let parts = area.items(items.len(), view.layout.breadth);
    let rows = inset(parts.rows);
    let chosen = view.app.detail().chosen_security_item().min(items.len().saturating_sub(1));
    let height = usize::from(rows.height);
    let top = Layout::top_of(chosen, rows);
    let focused = view.focus() == Some(Focus::Detail);
    for (offset, (index, item)) in (0..rows.height).zip(items.iter().enumerate().skip(top)) {
        let row = row_of(rows, offset);
        let inner = Rect { x: row.x + CURSOR.min(row.width), width: row.width.saturating_sub(CURSOR), ..row };
        super::draw_row(view, inner, &item_row(view, known, item), canvas);
        if index == chosen {
            draw_cursor(view, row, focused, canvas);
        }
    }
    if parts.rule.height > 0 {
        canvas.rule(if view.layout.divider.is_some() { inset(parts.rule) } else { parts.rule }, view.theme.rule);
    }
    if let Some(SecurityItem::NoTrustedDevice(WhyNoDevice::Failed(cause))) = items.get(chosen) {
        failure::draw(view, "The devices could not be read.", cause, inset(parts.chosen), canvas);
    } else if let Some(item) = items.get(chosen) {
        draw_facts(view, known, item, inset(parts.chosen), canvas);
    }
    Hidden { above: top > 0, below: items.len() > top + height }
}

fn item_row<'a>(view: &View<'_>, known: &Known, item: &SecurityItem<'a>) -> Row<'a> {
    let theme = view.theme;
    let plain = |text: Shown<'a>| (text, theme.plain);
    let set = |is: bool| if is { (Shown::fixed("set"), theme.plain) } else { (Shown::fixed("none"), theme.dim) };
    let (label, value, fact) = match item {
        SecurityItem::Password => {
            let value = if is_compromised(known) {
                (Shown::fixed("compromised"), theme.warning)
            } else {
                set(known.password_enabled)
            };
            ("Password", value, known.password_last_updated_at.map(|at| view.when.ago(at)))
        }
        SecurityItem::Totp => {
            let since = known.mfa_enabled_at.filter(|_| known.two_factor_enabled);
            let since = since.map(|at| Shown::join(&[&Shown::fixed("MFA since "), &view.when.day(at)]));
            ("TOTP", set(known.totp_enabled), since)
        }
        SecurityItem::BackupCodes => ("Backup codes", set(known.backup_code_enabled), None),
        SecurityItem::Passkey(passkey) => {
            ("Passkey", plain(Shown::foreign(&*passkey.name)), unverified(passkey.verification.as_ref()))
        }
        SecurityItem::Web3Wallet(wallet) => {
            ("Wallet", plain(Shown::foreign(&*wallet.web3_wallet)), unverified(wallet.verification.as_ref()))
        }
        SecurityItem::ExternalAccount(account) => (
            "Account",
            plain(Shown::foreign(&*account.email_address)),
            Some(Shown::foreign(user::provider(&account.provider).as_str().to_owned())),
        ),
        SecurityItem::SamlAccount(account) => {
            ("Enterprise", plain(Shown::foreign(&*account.email_address)), Some(Shown::foreign(&*account.provider)))
        }
        SecurityItem::EnterpriseAccount(account) => {
            ("Enterprise", plain(Shown::foreign(&*account.email_address)), Some(Shown::foreign(&*account.provider)))
        }
        SecurityItem::TrustedDevice(device) => {
            let style = if is_revoked(device) { theme.dim } else { theme.plain };
            let fact = if is_revoked(device) { Shown::fixed("revoked") } else { Shown::foreign(&*device.platform) };
            ("Device", (device_name(device), style), Some(fact))
        }
        SecurityItem::NoTrustedDevice(why) => {
            let value = match why {
                WhyNoDevice::Reading => (view.spinner(SlotId::TrustedDevices).unwrap_or_default(), theme.dim),
                WhyNoDevice::None => (Shown::fixed("none trusted"), theme.dim),
                WhyNoDevice::Failed(_) => (Shown::fixed("could not be read"), theme.failed),
            };
            ("Devices", value, None)
        }
    };
    Row { label, value, fact: fact.map(|fact| (fact, theme.dim)) }
}

/// Clerk tells it by what follows from it.
fn is_compromised(known: &Known) -> bool {
    known.password_enabled && known.requires_password_reset == Some(true)
}

fn is_revoked(device: &TrustedDevice) -> bool {
    device.status == TrustedDeviceStatus::Revoked
}

/// What the user calls it, else what it is.
fn device_name(device: &TrustedDevice) -> Shown<'_> {
    let name = device.name.as_deref().filter(|name| !name.is_empty());
    Shown::foreign(name.unwrap_or(&device.platform))
}

fn unverified(verification: Option<&Verification>) -> Option<Shown<'static>> {
    (!verification.is_some_and(Verification::is_verified)).then(|| Shown::fixed("unverified"))
}

/// All about the chosen item.
fn draw_facts(view: &View<'_>, known: &Known, item: &SecurityItem<'_>, area: Rect, canvas: &mut Canvas<'_>) {
    for (index, fact) in
        (0..area.height).zip(facts(view, known, item, area.width).into_iter().filter(|fact| !fact.value.0.is_empty()))
    {
        super::draw_row(view, row_of(area, index), &fact, canvas);
    }
}

fn facts<'a>(view: &View<'_>, known: &'a Known, item: &SecurityItem<'a>, width: u16) -> Vec<Row<'a>> {
    match item {
        SecurityItem::Password => {
            let mut rows = vec![moment(view, "Changed", known.password_last_updated_at)];
            let compromised = is_compromised(known).then(|| Shown::fixed("yes: sign-in asks for a new one"));
            rows.extend(compromised.map(|words| text(view, "Compromised", words)));
            rows
        }
        SecurityItem::Totp | SecurityItem::BackupCodes => {
            vec![moment(view, "MFA since", known.mfa_enabled_at), moment(view, "MFA off", known.mfa_disabled_at)]
        }
        SecurityItem::Passkey(passkey) => {
            let id = passkey.id.as_deref().unwrap_or_default();
            vec![
                foreign(view, "Name", &passkey.name),
                foreign(view, "Id", id),
                moment(view, "Last used", Some(passkey.last_used_at)),
            ]
        }
        SecurityItem::Web3Wallet(wallet) => {
            let id = wallet.id.as_deref().unwrap_or_default();
            vec![
                foreign(view, "Address", &wallet.web3_wallet),
                foreign(view, "Id", id),
                moment(view, "Added", Some(wallet.created_at)),
            ]
        }
        SecurityItem::ExternalAccount(account) => {
            let fetched = view.app.token_of_chosen();
            let mut rows = fetched.map(|fetched| token::rows(view, fetched, width)).unwrap_or_default();
            rows.extend([
                foreign(view, "Provider", &account.provider),
                foreign(view, "Id", account.external_account_id.as_deref().unwrap_or(&account.id)),
                foreign(view, "Id there", &account.provider_user_id),
                moment(view, "Connected", Some(account.created_at)),
            ]);
            rows.extend(account.username.as_deref().map(|name| foreign(view, "Name there", name)));
            rows.extend(super::wrapped(view, "Scopes", &account.approved_scopes, width));
            rows
        }
        SecurityItem::SamlAccount(account) => vec![
            foreign(view, "Id", &account.id),
            connection(view, account.saml_connection.as_ref(), account.active),
            moment(view, "Last used", account.last_authenticated_at),
        ],
        SecurityItem::TrustedDevice(device) => facts_of_device(view, device),
        // There is nothing to tell of it; a failure is drawn in this place.
        SecurityItem::NoTrustedDevice(_) => Vec::new(),
        SecurityItem::EnterpriseAccount(account) => vec![
            foreign(view, "Id", &account.id),
            foreign(view, "Protocol", account.protocol.as_deref().unwrap_or_default()),
            connection(view, account.enterprise_connection.as_ref(), account.active),
            moment(view, "Last used", account.last_authenticated_at),
        ],
    }
}

/// What the connection of an account is called, where Clerk tells, and whether it is in use.
fn connection<'a>(view: &View<'_>, connection: Option<&'a serde_json::Value>, active: bool) -> Row<'a> {
    let name = connection.and_then(|connection| connection.get("name")?.as_str()).filter(|name| !name.is_empty());
    let state = Shown::fixed(if active { "in use" } else { "not in use" });
    match name {
        None => text(view, "Connection", state),
        Some(name) => Row { fact: Some((state, view.theme.dim)), ..foreign(view, "Connection", name) },
    }
}

fn facts_of_device<'a>(view: &View<'_>, device: &'a TrustedDevice) -> Vec<Row<'a>> {
    let mut rows = vec![
        foreign(view, "Platform", &device.platform),
        foreign(view, "Status", device.status.as_str()),
        moment(view, "Enrolled", Some(device.created_at)),
        moment(view, "Last used", device.last_used_at),
    ];
    rows.extend(device.revoked_at.map(|at| moment(view, "Revoked", Some(at))));
    rows.push(foreign(view, "Application", &device.app_identifier));
    rows.push(foreign(view, "Signs with", &device.algorithm));
    rows.push(foreign(view, "Id", &device.id));
    rows
}

fn foreign<'a>(view: &View<'_>, label: &'static str, value: &'a str) -> Row<'a> {
    text(view, label, Shown::foreign(value))
}
