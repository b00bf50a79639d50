//! What has been done, told from the names that the audit log has of acts.

/// An act of the audit log in words, as they stand before "by kim"; none for a name that this version does not know.
#[must_use]
pub fn past(name: &str) -> Option<&'static str> {
    PAST.iter().find(|(known, _)| *known == name).map(|(_, words)| *words)
}

const PAST: &[(&str, &str)] = &[
    ("create", "created"),
    ("restore", "restored from a copy"),
    ("ban", "banned"),
    ("unban", "unbanned"),
    ("lock", "locked"),
    ("unlock", "unlocked"),
    ("sign_out", "signed out everywhere"),
    ("delete", "deleted"),
    ("update", "profile edited"),
    ("replace_email_address", "email replaced"),
    ("replace_phone_number", "phone replaced"),
    ("set_profile_image", "picture set"),
    ("delete_profile_image", "picture removed"),
    ("merge_metadata", "metadata edited"),
    ("replace_metadata", "metadata replaced"),
    ("set_password", "password set"),
    ("verify_password", "password verified"),
    ("verify_totp", "code verified"),
    ("remove_password", "password removed"),
    ("set_password_compromised", "password compromised"),
    ("unset_password_compromised", "password let stand"),
    ("disable_mfa", "MFA removed"),
    ("delete_totp", "TOTP removed"),
    ("delete_backup_codes", "backup codes removed"),
    ("delete_passkey", "passkey removed"),
    ("delete_web3_wallet", "wallet removed"),
    ("delete_external_account", "account removed"),
    ("revoke_trusted_device", "device revoked"),
    ("read_oauth_token", "OAuth token fetched"),
    ("impersonate", "impersonated"),
    ("end_impersonation", "impersonation ended"),
    ("create_sign_in_link", "sign-in link made"),
    ("revoke_sign_in_link", "sign-in link revoked"),
    ("block", "address blocked"),
    ("unblock", "address unblocked"),
    ("allow", "address allowed"),
    ("disallow", "address disallowed"),
    ("revoke_session", "one session ended"),
    ("change_role", "role changed"),
    ("remove_membership", "removed from org"),
    ("add_membership", "added to org"),
    ("create_organization_invitation", "invited to org"),
    ("revoke_organization_invitation", "invitation revoked"),
];
