//! The form that sets a password: in the clear or as a digest, and what goes with it.

use super::{Form, FormField};
use crate::{
    app::{
        act::SetPassword,
        new_user::{NewUserField, PasswordPlace, read_password},
    },
    clerk::users::PasswordHasher,
};
use strum::VariantNames;

const PASSWORD: &str = "password";
const DIGEST: &str = "password_digest";
const HASHER: &str = "password_hasher";
const SKIP_CHECKS: &str = "skip_password_checks";
const SIGN_OUT: &str = "sign_out_of_other_sessions";

/// Its fields.
pub(super) fn fields() -> Vec<FormField> {
    let of_new_user = |field: NewUserField| FormField::new(field.label(), field.parameter(), field.hint());
    let flag = |label, parameter| {
        let mut field = FormField::new(label, parameter, "yes or no").with_choices(&["yes", "no"]);
        field.input.set("no");
        field
    };
    let mut sign_out = flag("sign out", SIGN_OUT);
    sign_out.heading = Some("With it");
    let mut digest = of_new_user(NewUserField::PasswordDigest).secret();
    digest.heading = NewUserField::PasswordDigest.heading();
    vec![
        of_new_user(NewUserField::Password).secret(),
        digest,
        of_new_user(NewUserField::PasswordHasher).with_choices(PasswordHasher::VARIANTS),
        sign_out,
        flag("skip checks", SKIP_CHECKS),
    ]
}

impl Form {
    /// The password that is typed, with what goes with it. None while something is wrong; its field then says so.
    pub(super) fn password(&mut self) -> Option<SetPassword> {
        let typed = |parameter: &str| {
            let field = self.fields.iter().find(|field| field.parameter == parameter);
            field.map(|field| field.input.text()).unwrap_or_default()
        };
        let is_chosen = |parameter: &str| typed(parameter) == "yes";
        let (skip_checks, sign_out) = (is_chosen(SKIP_CHECKS), is_chosen(SIGN_OUT));
        let read = read_password(typed(PASSWORD), typed(DIGEST), typed(HASHER));
        let nothing = (PasswordPlace::Password, "Type something here first.".to_owned());
        let (place, fault) = match read.and_then(|password| password.ok_or(nothing)) {
            Ok(password) => return Some(SetPassword { password, skip_checks, sign_out }),
            Err(wrong) => wrong,
        };
        let parameter = match place {
            PasswordPlace::Password => PASSWORD,
            PasswordPlace::Digest => DIGEST,
            PasswordPlace::Hasher => HASHER,
        };
        self.refuse(parameter, fault);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{
        act::{Act, PasswordAct},
        dialog::{Asked, Purpose},
        new_user::TypedPassword,
        person::Known,
    };
    use crate::clerk::model::{Received, Timestamp, User};
    use std::sync::Arc;

    fn form() -> Form {
        let known = Known::new(Received::from_value(User::default()).unwrap(), Timestamp::default());
        Form::about(Purpose::SetPassword, Arc::new(known))
    }

    /// What the form asks for with these texts in its fields, or what it says of which field.
    fn submitted(typed: [&str; 5]) -> Result<SetPassword, (&'static str, String)> {
        let mut form = form();
        for (field, text) in form.fields.iter_mut().zip(typed) {
            field.input.set(text);
        }
        if let Some(Asked::Act(Act::Password(PasswordAct::Set(set)))) = form.submit() {
            return Ok(set);
        }
        let field = &form.fields[form.cursor()];
        Err((field.parameter, field.fault.clone().unwrap_or_default()))
    }

    #[test]
    fn a_password_or_a_digest_is_set_with_what_goes_with_it() {
        let plain =
            SetPassword { password: TypedPassword::Plain("hunter 2".into()), skip_checks: false, sign_out: true };
        assert_eq!(submitted(["hunter 2", "", "", "yes", "no"]), Ok(plain));
        let password = TypedPassword::Digest { digest: "$2b$1".into(), hasher: PasswordHasher::Bcrypt };
        let digest = SetPassword { password, skip_checks: false, sign_out: false };
        assert_eq!(submitted(["", "$2b$1", "bcrypt", "no", "no"]), Ok(digest));
    }

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        let at = |typed| submitted(typed).unwrap_err().0;
        assert_eq!(at([" ", "", "", "no", "no"]), PASSWORD);
        assert_eq!(at(["", "$2b$1", "", "no", "no"]), HASHER);
        assert_eq!(at(["", "", "bcrypt", "no", "no"]), DIGEST);
        assert_eq!(at(["hunter2", "$2b$1", "bcrypt", "no", "no"]), DIGEST);
    }
}
