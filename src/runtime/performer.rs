//! Carrying out requests at Clerk: from what the core asks for to what came of it.

mod changing;

use super::{
    Perform, admins,
    disk::on_disk,
    export, files, history, invitations, jobs, notes, record,
    recorded::{about, intent_of, intent_to_create},
    restrictions,
    send::send_creation,
    target::{Connected, Target},
    trash, undo,
};
use crate::{
    app::{
        Act, Change, Changed, Failure, Fetch, Fetched, Grounds, Identifier, InvitationChange, NewUser, Person,
        Remember, Remembered, Restoration, RestrictionChange,
        job::{JobAnswer, JobReport, JobRequest},
    },
    audit::{Audit, AuditError, Intent, Origin},
    clerk::{
        Clerk, Error, Exchange, Share,
        model::{Organization, Page, UserId},
        organizations::OrganizationQuery,
        query::{PageLimit, UserQuery},
    },
    memory::Store,
    notes::Notes,
    trash::{Kept, Trash},
};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::{
    OnceCell,
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

/// What it is held to from the start.
#[derive(Clone, Copy, Debug, Default)]
pub struct Restraint {
    /// Nothing leaves but what reads.
    pub read_only: bool,
    /// What would change something is noted in the place of being sent, for the whole run.
    pub dry_run: bool,
    /// Background work uses so much of the rate limit; none where that is as usual.
    pub share: Option<Share>,
}

/// Carries out requests at one instance. Connecting to it, which takes longer than a first frame may, waits for the
/// first request.
#[derive(Debug)]
pub struct Performer {
    shared: Arc<Shared>,
    exchanges: Option<UnboundedReceiver<Exchange>>,
    job_reports: Option<UnboundedReceiver<JobReport>>,
}

#[derive(Debug)]
struct Shared {
    target: Target,
    state_directory: PathBuf,
    connected: OnceCell<Connected>,
    audit: OnceCell<Arc<Audit>>,
    watcher: UnboundedSender<Exchange>,
    work: jobs::Work,
    read_only: AtomicBool,
    dry_run: bool,
    share: Option<Share>,
}

impl From<AuditError> for Failure {
    fn from(error: AuditError) -> Self {
        Self::NotRecorded(error.to_string())
    }
}

impl Performer {
    /// For this instance, with the audit log in this directory.
    #[must_use]
    pub fn new(target: Target, state_directory: PathBuf, restraint: Restraint) -> Self {
        let (watcher, exchanges) = unbounded_channel();
        let (reports, job_reports) = unbounded_channel();
        let (connected, audit, work) = (OnceCell::new(), OnceCell::new(), jobs::Work::new(reports));
        let read_only = AtomicBool::new(restraint.read_only);
        let Restraint { dry_run, share, .. } = restraint;
        let shared = Shared { target, state_directory, connected, audit, watcher, work, read_only, dry_run, share };
        Self { shared: Arc::new(shared), exchanges: Some(exchanges), job_reports: Some(job_reports) }
    }

    /// The client itself, for who reads in another way than the core asks for.
    ///
    /// # Errors
    ///
    /// When it cannot be connected.
    pub async fn clerk(&self) -> Result<Clerk, Failure> {
        self.shared.clerk().await.cloned()
    }

    /// The record of changes, for who changes something in another way than the core asks for.
    ///
    /// # Errors
    ///
    /// When the instance cannot be connected, or the log cannot be opened.
    pub async fn audit(&self) -> Result<Arc<Audit>, Failure> {
        self.shared.audit(self.shared.clerk().await?).await
    }

    /// Makes a new user from a copy, as one of many: within the share of background work.
    ///
    /// # Errors
    ///
    /// When the user is there, restored already perhaps, when it cannot be recorded, or when Clerk refuses it.
    pub async fn restore_one_of_many(&self, kept: Kept, grounds: &Grounds) -> Result<Changed, Failure> {
        let clerk = self.shared.clerk().await?.in_background();
        self.shared.restore(clerk, kept, grounds).await
    }
}

impl Shared {
    async fn clerk(&self) -> Result<&Clerk, Failure> {
        // A failure is not kept: the next request tries again.
        let connect = async || {
            let connected = Connected::to(self.target.clone(), self.share, self.watcher.clone()).await?;
            let connected = if self.dry_run { connected.for_a_dry_run() } else { connected };
            if let Some(identity) = self.target.identity() {
                connected.assure(identity, &self.state_directory).await?;
            }
            Ok::<_, Failure>(connected)
        };
        let clerk = self.connected.get_or_try_init(connect).await?.clerk();
        // Also where that was switched while it was connecting.
        clerk.set_read_only(self.read_only.load(Ordering::SeqCst));
        Ok(clerk)
    }

    async fn audit(&self, clerk: &Clerk) -> Result<Arc<Audit>, Failure> {
        let open = async || {
            let mut origin = Origin::of(self.target.instance(), clerk.instance_kind());
            if let Some(identity) = self.target.identity() {
                origin.profile = Some(identity.profile.clone());
                // What the environment says is said for this run.
                origin.actor = origin.actor.or_else(|| identity.actor.clone());
            }
            let directory = self.state_directory.clone();
            on_disk(Failure::NotRecorded, move || Ok(Arc::new(Audit::open(&directory, origin)?))).await
        };
        self.audit.get_or_try_init(open).await.map(Arc::clone)
    }

    fn notes(&self) -> Notes {
        Notes::of(&self.state_directory, self.target.instance())
    }

    fn trash(&self) -> Trash {
        Trash::of(&self.state_directory)
    }

    async fn read(&self, fetch: Fetch) -> Result<Fetched, Failure> {
        let clerk = self.clerk().await?;
        Ok(match fetch {
            Fetch::Users { query, page } => Fetched::Users(clerk.users().list(&query, &page).await?.value),
            Fetch::UsersInBackground { query, page } => {
                Fetched::Users(clerk.in_background().users().list(&query, &page).await?.value)
            }
            Fetch::Count(filter) => Fetched::Count(clerk.users().count(&filter).await?.value),
            Fetch::Among { users, members_of } => {
                let (query, page) = UserQuery::among(&users, &members_of);
                Fetched::Users(clerk.in_background().users().list(&query, &page).await?.value)
            }
            Fetch::CountInBackground(filter) => {
                Fetched::Count(clerk.in_background().users().count(&filter).await?.value)
            }
            Fetch::User(id) => Fetched::User(Box::new(clerk.users().get(&id).await?.value)),
            Fetch::Memberships { user, offset, limit } => {
                Fetched::Memberships(clerk.users().organization_memberships(&user, limit, offset).await?.value)
            }
            Fetch::Invitations { user, status, offset, limit } => {
                Fetched::Invitations(clerk.users().organization_invitations(&user, status, limit, offset).await?.value)
            }
            Fetch::OrganizationInvitations { organization, status } => {
                Fetched::Invitations(invitations::read(clerk, &organization, status).await?)
            }
            Fetch::Sessions { user, status, offset, limit } => {
                Fetched::Sessions(clerk.sessions().list(&user, status, limit, offset).await?.value)
            }
            Fetch::History { user, offset, limit } => {
                let (directory, instance) = (self.state_directory.clone(), self.target.instance().to_owned());
                Fetched::History(history::read(directory, instance, user, limit, offset).await?)
            }
            Fetch::Record { filter, offset, limit } => {
                let (directory, instance) = (self.state_directory.clone(), self.target.instance().to_owned());
                Fetched::Record(record::read(directory, instance, filter, limit, offset).await?)
            }
            Fetch::TrustedDevices(user) => Fetched::TrustedDevices(clerk.users().trusted_devices(&user).await?.value),
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
            // An instance has at most ten roles.
            Fetch::Roles => Fetched::Roles(clerk.organizations().roles(PageLimit::MAX, 0).await?.value.data),
            Fetch::OtherAdmins { user, places } => Fetched::OtherAdmins(admins::read(clerk, &user, places).await?),
            Fetch::Notes => Fetched::Notes(notes::with(self.notes(), Notes::read).await?),
            Fetch::Step(retrace) => {
                let (directory, instance) = (self.state_directory.clone(), self.target.instance().to_owned());
                Fetched::Step(undo::find(clerk, directory, instance, retrace).await?)
            }
            Fetch::Trash => Fetched::Trash(trash::list(self.trash(), self.target.instance().to_owned()).await?),
            // What a demo has changed ends with it.
            Fetch::UnfinishedJobs if matches!(self.target, Target::Demo(_)) => Fetched::UnfinishedJobs(Vec::new()),
            Fetch::UnfinishedJobs => {
                let (directory, instance) = (self.state_directory.clone(), self.target.instance().to_owned());
                Fetched::UnfinishedJobs(jobs::unfinished(directory, instance).await?)
            }
            Fetch::Restrictions(list) => Fetched::Restrictions(restrictions::read(clerk, list).await?),
            Fetch::Instance => {
                let instance = clerk.instance().get().await?.value;
                record::tell_instance(self.audit(clerk).await, &instance);
                Fetched::Instance(instance)
            }
            Fetch::FileNames(path) => {
                Fetched::FileNames(on_disk(Failure::Internal, move || files::names(&path)).await?)
            }
            Fetch::Picture(path) => Fetched::Picture(on_disk(Failure::Internal, move || files::look(&path)).await?),
            Fetch::MarkList(path) => {
                Fetched::MarkList(on_disk(Failure::Internal, move || files::mark_list(&path)).await?)
            }
            Fetch::Export(exporting) => export::write(clerk, exporting).await?,
            Fetch::FailedOfJob(journal) => Fetched::FailedOfJob(jobs::failed(journal).await?),
        })
    }
}

impl Perform for Performer {
    fn exchanges(&mut self) -> Option<UnboundedReceiver<Exchange>> {
        self.exchanges.take()
    }

    fn fetch(&self, fetch: Fetch) -> impl Future<Output = Result<Fetched, Failure>> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move { shared.read(fetch).await }
    }

    fn change(&self, change: Change) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move {
            match &change.act {
                Act::Delete { copy: true } if !shared.dry_run => shared.delete_with_copy(change).await,
                Act::Ban => shared.ban(change).await,
                _ => shared.send(change).await,
            }
        }
    }

    fn create(&self, user: NewUser) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move { shared.act(intent_to_create(&user), |clerk| async move { send_creation(&clerk, user).await }).await }
    }

    fn restore(&self, restoration: Restoration) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move {
            let clerk = shared.clerk().await?;
            let host = shared.audit(clerk).await?.origin().host.clone();
            let kept = trash::find(shared.trash(), host, &restoration.deleted.user).await?;
            shared.restore(clerk.clone(), kept, &restoration.grounds).await
        }
    }

    fn purge(&self, users: Vec<UserId>) -> impl Future<Output = Result<(), Failure>> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move {
            if shared.dry_run {
                return Err(Failure::DryRun(Vec::new()));
            }
            trash::purge(shared.trash(), shared.target.instance().to_owned(), users).await
        }
    }

    fn keep_note(
        &self,
        user: UserId,
        text: Option<String>,
    ) -> impl Future<Output = Result<(), Failure>> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move { notes::with(shared.notes(), move |notes| notes.keep(&user, text.as_deref())).await }
    }

    fn restrict(&self, change: RestrictionChange) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move {
            let (user, person) = change.beside.clone().unzip();
            let intent = intent_of(change.act.action(), Some(change.act.identifier().to_owned()), &change.grounds);
            let intent = about(intent, user, person.unwrap_or_default());
            shared.act(intent, |clerk| async move { restrictions::send(&clerk, &change.act).await }).await
        }
    }

    fn invite(&self, change: InvitationChange) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move {
            let intent = intent_of(change.act.action(), Some(change.act.part()), &change.grounds);
            let intent = Intent { parameters: Some(change.act.parameters()), ..intent };
            // Who is no user yet is known by the address alone.
            let address = || change.act.invitation().email_address.clone();
            let stranger = || Person { name: None, identifier: Some(Identifier::EmailAddress(address())) };
            let (user, person) = change.beside.clone().unzip();
            let intent = about(intent, user, person.unwrap_or_else(stranger));
            shared.act(intent, |clerk| async move { invitations::send(&clerk, &change.act).await }).await
        }
    }

    fn job_reports(&mut self) -> Option<UnboundedReceiver<JobReport>> {
        self.job_reports.take()
    }

    fn ask_of_job(&self, request: JobRequest) -> impl Future<Output = Result<JobAnswer, Failure>> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move {
            let clerk = shared.clerk().await?;
            let (audit, directory) = (shared.audit(clerk).await?, shared.state_directory.clone());
            if shared.dry_run {
                jobs::rehearse(&request, Arc::clone(&audit)).await?;
            }
            shared.work.ask(request, shared.target.instance(), clerk, audit, directory).await
        }
    }

    fn leave_jobs(&self) -> impl Future<Output = ()> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move { shared.work.leave().await }
    }

    fn set_read_only(&self, on: bool) {
        self.shared.read_only.store(on, Ordering::SeqCst);
        if let Some(connected) = self.shared.connected.get() {
            connected.clerk().set_read_only(on);
        }
    }

    fn remember(&self, remember: Remember) -> impl Future<Output = Result<Remembered, String>> + Send + 'static {
        let store = Store::new(self.shared.state_directory.clone());
        on_disk(|lost| lost, move || store.remember(remember).map_err(|error| error.to_string()))
    }
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
