//! Carrying out requests at Clerk: from what the core asks for to what came of it.

use super::{
    Perform, history, restrictions,
    send::{Sent, send, send_creation},
};
use crate::{
    app::{Change, Changed, Failure, Fetch, Fetched, Grounds, Made, NewUser, Person, RecordId, RestrictionChange},
    audit::{Audit, AuditError, Ending, EntryId, Intent, Origin, Outcome},
    clerk::{
        Clerk, Error, SetupError,
        model::{Organization, Page, Timestamp, UserId},
        organizations::OrganizationQuery,
        query::PageLimit,
    },
    config::Connection,
    emulator::{Emulator, EmulatorError, Options},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{sync::OnceCell, task::spawn_blocking};

/// Which instance to work on.
#[derive(Clone, Debug)]
pub enum Target {
    /// One that is there.
    Instance(Connection),
    /// One that is made inside the program.
    Demo(Options),
}

/// Carries out requests at one instance. Connecting to it, which takes longer than a first frame may, waits for the
/// first request.
#[derive(Clone, Debug)]
pub struct Performer {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    target: Target,
    state_directory: PathBuf,
    connected: OnceCell<Connected>,
    audit: OnceCell<Arc<Audit>>,
}

#[derive(Debug)]
struct Connected {
    clerk: Clerk,
    /// Serves as long as this lives.
    _emulator: Option<Emulator>,
}

impl From<SetupError> for Failure {
    fn from(error: SetupError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<EmulatorError> for Failure {
    fn from(error: EmulatorError) -> Self {
        Self::Internal(format!("the demo cannot start: {error}"))
    }
}

impl From<AuditError> for Failure {
    fn from(error: AuditError) -> Self {
        Self::NotRecorded(error.to_string())
    }
}

impl Performer {
    /// For this instance, with the audit log in this directory.
    #[must_use]
    pub fn new(target: Target, state_directory: PathBuf) -> Self {
        let shared = Shared { target, state_directory, connected: OnceCell::new(), audit: OnceCell::new() };
        Self { shared: Arc::new(shared) }
    }

    async fn clerk(&self) -> Result<&Clerk, Failure> {
        // A failure is not kept: the next request tries again.
        let connected = self.shared.connected.get_or_try_init(|| connect(self.shared.target.clone())).await?;
        Ok(&connected.clerk)
    }

    async fn audit(&self, clerk: &Clerk) -> Result<Arc<Audit>, Failure> {
        let open = async || {
            let origin_of = (clerk.endpoint().host().to_owned(), clerk.instance_kind());
            let directory = self.shared.state_directory.clone();
            let opened = spawn_blocking(move || Audit::open(&directory, Origin::of(&origin_of.0, origin_of.1)));
            Ok::<_, Failure>(Arc::new(opened.await.map_err(|error| Failure::NotRecorded(error.to_string()))??))
        };
        self.shared.audit.get_or_try_init(open).await.map(Arc::clone)
    }
}

async fn connect(target: Target) -> Result<Connected, Failure> {
    let (connection, emulator) = match target {
        Target::Instance(connection) => (connection, None),
        Target::Demo(options) => {
            let emulator = Emulator::start(options).await?;
            let endpoint = crate::clerk::Endpoint::parse(emulator.url());
            let endpoint = endpoint.map_err(|error| Failure::Internal(error.to_string()))?;
            (Connection { endpoint, key: emulator.secret_key().clone() }, Some(emulator))
        }
    };
    // Loading the system's certificates reads files.
    let clerk = spawn_blocking(move || Clerk::new(connection.endpoint, connection.key)).await;
    let clerk = clerk.map_err(|error| Failure::Internal(error.to_string()))??;
    Ok(Connected { clerk, _emulator: emulator })
}

impl Perform for Performer {
    fn fetch(&self, fetch: Fetch) -> impl Future<Output = Result<Fetched, Failure>> + Send + 'static {
        let performer = self.clone();
        async move {
            let directory = &performer.shared.state_directory;
            read(performer.clerk().await?, directory, fetch).await
        }
    }

    fn change(&self, change: Change) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        let performer = self.clone();
        async move {
            let clerk = performer.clerk().await?;
            let audit = performer.audit(clerk).await?;
            make(clerk, audit, change).await
        }
    }

    fn create(&self, user: NewUser) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        let performer = self.clone();
        async move {
            let clerk = performer.clerk().await?;
            let audit = performer.audit(clerk).await?;
            let intent = Intent {
                action: "create".to_owned(),
                part: None,
                user_id: None,
                identifier: user.identifier().map(str::to_owned),
                name: Some(user.call()),
                undoes: None,
                reason: None,
            };
            recorded(audit, intent, send_creation(clerk, user)).await
        }
    }

    fn restrict(&self, change: RestrictionChange) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        let performer = self.clone();
        async move {
            let clerk = performer.clerk().await?;
            let audit = performer.audit(clerk).await?;
            let (user, person) = change.beside.clone().unzip();
            let intent = intent_of(change.act.action(), Some(change.act.identifier().to_owned()), &change.grounds);
            let intent = about(intent, user, person.unwrap_or_default());
            recorded(audit, intent, restrictions::send(clerk, &change.act)).await
        }
    }
}

async fn read(clerk: &Clerk, state_directory: &Path, fetch: Fetch) -> Result<Fetched, Failure> {
    Ok(match fetch {
        Fetch::Users { query, page } => Fetched::Users(clerk.users().list(&query, &page).await?.value),
        Fetch::Count(filter) => Fetched::Count(clerk.users().count(&filter).await?.value),
        Fetch::User(id) => Fetched::User(Box::new(clerk.users().get(&id).await?.value)),
        Fetch::Memberships { user, offset, limit } => {
            Fetched::Memberships(clerk.users().organization_memberships(&user, limit, offset).await?.value)
        }
        Fetch::Invitations { user, status, offset, limit } => {
            Fetched::Invitations(clerk.users().organization_invitations(&user, status, limit, offset).await?.value)
        }
        Fetch::Sessions { user, status, offset, limit } => {
            Fetched::Sessions(clerk.sessions().list(&user, status, limit, offset).await?.value)
        }
        Fetch::Organizations { text, limit } => {
            let query = OrganizationQuery {
                query: Some(text).filter(|text| !text.is_empty()),
                order_by: Some("+name".to_owned()),
                include_members_count: true,
                ..OrganizationQuery::default()
            };
            Fetched::Organizations(clerk.organizations().list(&query, limit, 0).await?.value)
        }
        Fetch::NamedOrganizations(name) => Fetched::Organizations(named_organizations(clerk, name).await?),
        Fetch::History { user, offset, limit } => {
            let (directory, host) = (state_directory.to_owned(), clerk.endpoint().host().to_owned());
            Fetched::History(history::read(directory, host, user, limit, offset).await?)
        }
        Fetch::TrustedDevices(user) => Fetched::TrustedDevices(clerk.users().trusted_devices(&user).await?.value),
        // An instance has at most ten roles.
        Fetch::Roles => Fetched::Roles(clerk.organizations().roles(PageLimit::MAX, 0).await?.value.data),
        Fetch::Restrictions(list) => Fetched::Restrictions(restrictions::read(clerk, list).await?),
        Fetch::Instance => Fetched::Instance(clerk.instance().get().await?.value),
    })
}

/// A slug names one organization and no other. What is none is looked for in all names.
async fn named_organizations(clerk: &Clerk, name: String) -> Result<Page<Organization>, Error> {
    let is_slug = name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'));
    if is_slug {
        match clerk.organizations().get(&name.to_lowercase()).await {
            Ok(answer) => return Ok(Page { data: vec![answer.value], total_count: 1 }),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    let order_by = Some("+name".to_owned());
    let query = OrganizationQuery { query: Some(name), order_by, ..OrganizationQuery::default() };
    Ok(clerk.organizations().list(&query, PageLimit::MAX, 0).await?.value)
}

async fn make(clerk: &Clerk, audit: Arc<Audit>, change: Change) -> Result<Changed, Failure> {
    let intent = intent_of(change.act.name(), change.act.part(), &change.grounds);
    let intent = about(intent, Some(change.user.clone()), change.person.clone());
    recorded(audit, intent, send(clerk, &change)).await
}

/// What is about to be done, to nobody yet.
fn intent_of(action: &str, part: Option<String>, grounds: &Grounds) -> Intent {
    Intent {
        action: action.to_owned(),
        part,
        user_id: None,
        identifier: None,
        name: None,
        undoes: grounds.undoes.as_ref().map(|record| EntryId::from(record.0.clone())),
        reason: grounds.reason.clone(),
    }
}

/// The same, done to somebody or because of them.
fn about(intent: Intent, user_id: Option<UserId>, person: Person) -> Intent {
    let identifier = person.identifier.map(|identifier| identifier.as_str().to_owned());
    Intent { user_id, identifier, name: person.name, ..intent }
}

/// Intent, request, outcome: one after the other, and nothing between them. Without the first there is no second.
async fn recorded(
    audit: Arc<Audit>,
    intent: Intent,
    request: impl Future<Output = Result<Sent, Failure>>,
) -> Result<Changed, Failure> {
    let is_creation = intent.user_id.is_none();
    let entry = record(&audit, move |audit| audit.intent(now(), intent)).await?;
    let made = request.await;
    let (mut outcome, of) = (outcome_of(&made), entry.clone());
    if let (true, Ok(Sent { made: Made::User(user), .. })) = (is_creation, &made) {
        outcome.user_id = Some(user.id.clone());
    }
    let recorded = record(&audit, move |audit| audit.outcome(now(), &of, outcome)).await;
    let sent = made?;
    Ok(Changed {
        made: sent.made,
        trace_id: sent.trace_id,
        record: RecordId(entry.as_str().to_owned()),
        unrecorded_outcome: recorded.err().map(|failure| failure.to_string()),
    })
}

/// Waits for the disk off the threads that serve.
async fn record<T: Send + 'static>(
    audit: &Arc<Audit>,
    line: impl FnOnce(&Audit) -> Result<T, AuditError> + Send + 'static,
) -> Result<T, Failure> {
    let audit = Arc::clone(audit);
    let recorded = spawn_blocking(move || line(&audit)).await;
    Ok(recorded.map_err(|error| Failure::NotRecorded(error.to_string()))??)
}

fn outcome_of(made: &Result<Sent, Failure>) -> Outcome {
    match made {
        Ok(sent) => Outcome {
            outcome: Ending::Done,
            status: Some(sent.status),
            code: None,
            trace_id: sent.trace_id.clone(),
            user_id: None,
        },
        Err(error) => Outcome {
            outcome: if error.may_have_happened() { Ending::Unknown } else { Ending::Failed },
            status: error.status(),
            code: error.code().map(str::to_owned),
            trace_id: error.trace_id().map(str::to_owned),
            user_id: None,
        },
    }
}

fn now() -> Timestamp {
    Timestamp::from(jiff::Timestamp::now())
}
