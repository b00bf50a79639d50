//! The email addresses of the model's users.

use super::{
    operations::{Address, Standing, Who},
    people::{User, same},
    world::{Answer, Refusal, World},
};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct Email {
    pub id: String,
    pub address: String,
    pub verified: bool,
    pub reserved: bool,
    pub linked: bool,
}

impl Email {
    /// As [`seen_email`] sees it.
    pub fn seen(&self) -> Value {
        json!({
            "id": self.id, "email_address": self.address, "verified": self.verified, "reserved": self.reserved,
            "linked": self.linked,
        })
    }

    fn is_held(&self) -> bool {
        self.verified || self.reserved
    }
}

/// What the model knows of an email address that was answered.
pub fn seen_email(body: &Value) -> Value {
    json!({
        "id": body["id"], "email_address": body["email_address"],
        "verified": body["verification"]["status"] == "verified", "reserved": body["reserved"],
        "linked": body["linked_to"].as_array().is_some_and(|links| !links.is_empty()),
    })
}

impl User {
    /// Makes the address at `place` what is asked for.
    fn stand(&mut self, place: usize, standing: Standing) -> Result<(), Refusal> {
        let email = &mut self.emails[place];
        email.verified = standing.verified.unwrap_or(email.verified);
        if standing.primary == Some(true) {
            if !email.verified {
                return Err(Refusal::of(&[("form_verification_needed", "primary")]));
            }
            self.primary = Some(email.address.clone());
        }
        Ok(())
    }
}

impl World {
    /// Whether somebody else has proven an address, or has it reserved.
    pub fn holds_email(&self, address: &str, but: &str) -> bool {
        self.users.iter().any(|user| {
            user.id != but && user.emails.iter().any(|email| same(&email.address, address) && email.is_held())
        })
    }

    /// Gives a user an address, which has no id yet.
    pub fn add_email(&mut self, who: Who, address: &str, standing: Standing) -> Answer {
        self.edit(who, |world, user| {
            if user.emails.iter().any(|email| same(&email.address, address)) || world.holds_email(address, &user.id) {
                return Err(Refusal::of(&[("form_identifier_exists", "email_address")]));
            }
            let address = address.to_lowercase();
            if user.emails.is_empty() {
                user.primary = Some(address.clone());
            }
            user.emails.push(Email { id: String::new(), address, verified: false, reserved: false, linked: false });
            user.stand(user.emails.len() - 1, standing)
        })
    }

    /// Whose an address is, and its place among theirs.
    fn find_address(&self, id: &str) -> Result<(Who, usize), Refusal> {
        for (of, user) in self.users.iter().rev().enumerate() {
            if let Some(place) = user.emails.iter().position(|email| email.id == id) {
                return Ok((Who::Of(of), place));
            }
        }
        Err(Refusal::not_found())
    }

    pub fn change_email(&mut self, address: Address, standing: Standing) -> Answer {
        let (who, place) = self.find_address(&self.id_of_address(address))?;
        self.edit(who, |world, user| {
            let email = &user.emails[place];
            let proves = standing.verified == Some(true) && !email.verified;
            if proves && world.holds_email(&email.address, &user.id) {
                return Err(Refusal::of(&[("form_identifier_exists", "email_address")]));
            }
            user.stand(place, standing)
        })?;
        Ok(self.users[self.place_of(who)?].emails[place].seen())
    }

    pub fn delete_email(&mut self, address: Address) -> Answer {
        let id = self.id_of_address(address);
        let (who, place) = self.find_address(&id)?;
        self.edit(who, |_, user| {
            if user.emails[place].linked {
                return Err(Refusal::with(400, "delete_linked_identification_disallowed"));
            }
            let email = user.emails.remove(place);
            if user.primary.as_deref() == Some(email.address.as_str()) {
                let next = user.emails.iter().find(|email| email.verified).or(user.emails.first());
                user.primary = next.map(|email| email.address.clone());
            }
            if user.can_sign_in() { Ok(()) } else { Err(Refusal::last_way_in()) }
        })?;
        Ok(json!({ "object": "email_address", "id": id, "deleted": true }))
    }
}
