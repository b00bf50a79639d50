//! Jobs as the dashboard knows them: how far each is, what becomes of whom, and what can be asked of them.

use super::{
    App, Dialog, Effects, Failure, Fetched, Notice, Reason, Work,
    act::Site,
    change::ChangeId,
    dialog::{JobsPane, Menu},
    grouped,
    job::{Fate, JobAct, JobAnswer, JobCommand, JobId, JobReport, JobRequest, JobState, Pause, Plan, Target},
    replies::mismatch,
    slot::Slot,
};
use crate::clerk::model::{Timestamp, UserId};
use std::collections::HashMap;

/// The jobs of this run, and those that broke off before it.
#[derive(Debug, Default)]
pub struct JobBoard {
    /// The latest first.
    reports: Vec<JobReport>,
    /// What a job is doing to somebody, or could not.
    fates: HashMap<UserId, (JobAct, Fate)>,
    /// Those that broke off in an earlier run.
    unfinished: Slot<()>,
    /// Whom a ban is about that was asked for, as long as the plan may have no bans.
    bans: Vec<Ban>,
    /// The share of the rate limit that they have, in percent, as was told last.
    share: Option<u8>,
}

/// Whom a ban is about.
#[derive(Debug)]
struct Ban {
    asked: ChangeId,
    job: Option<JobId>,
    targets: Vec<Target>,
}

impl JobBoard {
    /// Whom this ban is about, which cannot be; they are told once.
    fn take_banned(&mut self, job: &JobId) -> Option<Vec<Target>> {
        let place = self.bans.iter().position(|ban| ban.job.as_ref() == Some(job))?;
        Some(self.bans.swap_remove(place).targets)
    }

    /// How far each is, the latest first.
    #[must_use]
    pub fn reports(&self) -> &[JobReport] {
        &self.reports
    }

    /// The share of the rate limit that they have, in percent; none before it has been told.
    #[must_use]
    pub fn share(&self) -> Option<u8> {
        self.share
    }

    /// The one at work, if any is.
    #[must_use]
    pub fn at_work(&self) -> Option<&JobReport> {
        let is_at_work = |report: &&JobReport| matches!(report.state, JobState::Running | JobState::Cancelling);
        self.reports.iter().find(is_at_work)
    }

    /// What a job is doing to somebody, or could not do.
    #[must_use]
    pub fn fate(&self, user: &UserId) -> Option<(&JobAct, Fate)> {
        self.fates.get(user).map(|(act, fate)| (act, *fate))
    }

    /// Whether one would have to break off if the program ended now.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        let goes_on =
            |report: &JobReport| matches!(report.state, JobState::Queued | JobState::Running | JobState::Cancelling);
        !self.reports.iter().any(goes_on)
    }

    /// Puts what is told now in the place of what was known. Whether it has come to its end by that.
    fn take(&mut self, mut report: JobReport) -> bool {
        for (user, fate) in report.news.drain(..) {
            match fate {
                // How they are now is read again; nothing more has to be said of them.
                Fate::Done => _ = self.fates.remove(&user),
                Fate::UnderWay | Fate::Gone | Fate::Failed => _ = self.fates.insert(user, (report.act.clone(), fate)),
            }
        }
        if report.pace.share > 0 {
            self.share = Some(report.pace.share);
        }
        let is_over = report.state.is_over();
        let Some(known) = self.reports.iter_mut().find(|known| known.id == report.id) else {
            self.reports.insert(0, report);
            return is_over;
        };
        let was_over = known.state.is_over();
        *known = report;
        is_over && !was_over
    }

    /// What was said of users is read anew.
    fn forget_fates(&mut self) {
        self.fates.retain(|_, (_, fate)| *fate == Fate::UnderWay);
    }
}

impl App {
    /// The jobs.
    #[must_use]
    pub fn jobs(&self) -> &JobBoard {
        &self.jobs
    }

    /// Whether it is still to be found out which jobs broke off.
    pub(super) fn wants_unfinished_jobs(&self) -> bool {
        self.jobs.unfinished.is_wanted()
    }

    /// What could not be found out about jobs is asked again.
    pub(super) fn ask_again_for_jobs(&mut self) {
        if self.jobs.unfinished.failure().is_some() {
            self.jobs.unfinished.ask();
        }
    }

    /// Asks something of whoever carries jobs out. Every word about it has been said.
    pub(super) fn ask_of_job(&mut self, request: JobRequest, effects: &mut Effects) -> ChangeId {
        let id = self.changes.begin_job_request();
        effects.push(Work::Job(id, request).into());
        id
    }

    /// Asks for a job to be begun.
    pub(super) fn begin_job(&mut self, plan: Plan, effects: &mut Effects) {
        let targets = (plan.act == JobAct::Ban).then(|| plan.targets.clone());
        let asked = self.ask_of_job(JobRequest::Begin(Box::new(plan)), effects);
        self.jobs.bans.extend(targets.map(|targets| Ban { asked, job: None, targets }));
    }

    /// What came of what was asked.
    pub(super) fn take_job_answer(&mut self, id: ChangeId, result: Result<JobAnswer, Failure>, now: Timestamp) {
        self.changes.finish_job_request(id);
        match result {
            // Its reports tell the rest.
            Ok(JobAnswer::Begun(job)) => {
                if let Some(ban) = self.jobs.bans.iter_mut().find(|ban| ban.asked == id) {
                    ban.job = Some(job);
                }
            }
            Ok(JobAnswer::Told) => {}
            Ok(JobAnswer::GivenUp) => {
                self.notices.show(Notice::remark("Nothing more comes of that job."), now);
            }
            Ok(JobAnswer::Share(percent)) => {
                self.jobs.share = Some(percent);
                let words = format!("Jobs may use {percent} % of the rate limit; the rest is your application's.");
                self.notices.show(Notice::remark(words), now);
            }
            Ok(JobAnswer::Saved(path)) => {
                let words = format!("What became of each is in {}.", path.display());
                self.notices.show(Notice::success(words, None, false), now);
            }
            Err(Failure::DryRun(_)) => self.notices.show(Notice::remark(IN_DRY_RUN), now),
            Err(failure) => self.notices.show(Notice::failure("The job", &failure), now),
        }
    }

    /// How far a job is. When it has ended, that is said, and what is on the screen is read anew.
    pub(super) fn take_job_report(&mut self, report: JobReport, now: Timestamp) {
        let words = ended_words(&report, &self.site());
        let stopped = stopped_words(&report).filter(|_| {
            let before = self.jobs.reports.iter().find(|known| known.id == report.id);
            before.is_none_or(|before| before.state != report.state)
        });
        if let Some(stopped) = stopped {
            self.notices.show(Notice::remark(stopped), now);
        }
        // Once somebody has been banned, the plan has bans.
        let has_no_bans = report.state == JobState::Paused(Pause::NoBans);
        if has_no_bans || report.counts.done > 0 || report.state.is_over() {
            let targets = self.jobs.take_banned(&report.id);
            if let Some(targets) = targets.filter(|_| has_no_bans) {
                self.offer_lock(targets, report.reason.as_deref(), now);
            }
        }
        let has_changed = report.counts.done > 0;
        if self.jobs.take(report) {
            // From now on the job is what was done last; how to take it back the audit log tells.
            if has_changed {
                self.changes.forget_steps();
            }
            self.jobs.forget_fates();
            self.refresh(now);
            self.notices.show(Notice::success(words, None, false), now);
        }
    }

    /// The jobs that broke off are shown, so that somebody says what is to become of them.
    pub(super) fn take_unfinished_jobs(&mut self, result: Result<Fetched, Failure>) {
        let found = result.and_then(|fetched| match fetched {
            Fetched::UnfinishedJobs(reports) => Ok(reports),
            other => Err(mismatch(&other)),
        });
        let reports = match found {
            Ok(reports) => reports,
            Err(failure) => return self.jobs.unfinished.fill(Err(failure)),
        };
        self.jobs.unfinished.fill(Ok(()));
        let is_news = !reports.is_empty();
        for report in reports {
            self.jobs.take(report);
        }
        if is_news && self.dialogs.top().is_none() {
            self.dialogs.open(Dialog::Jobs(JobsPane::default()));
        }
    }

    /// The job under the cursor of the pane.
    fn chosen_job(&self) -> Option<&JobReport> {
        let Some(Dialog::Jobs(pane)) = self.dialogs.top() else { return None };
        self.jobs.reports.get(pane.cursor())
    }

    /// Whether the chosen job would go on if it were told something.
    pub(super) fn chosen_job_stands_still(&self) -> bool {
        self.chosen_job().is_some_and(|report| matches!(report.state, JobState::Paused(_)))
    }

    /// Lets the chosen job stand still, or go on.
    pub(super) fn pause_job(&mut self, effects: &mut Effects) {
        let Some(report) = self.chosen_job() else { return };
        let request = match &report.state {
            JobState::Paused(Pause::Interrupted) => JobRequest::GoOn(report.journal.clone()),
            JobState::Paused(_) => JobRequest::Tell(report.id.clone(), JobCommand::Resume),
            _ => JobRequest::Tell(report.id.clone(), JobCommand::Pause),
        };
        let _ = self.ask_of_job(request, effects);
    }

    /// Begins nothing further of the chosen job.
    pub(super) fn cancel_job(&mut self, effects: &mut Effects) {
        let Some(report) = self.chosen_job() else { return };
        let request = match &report.state {
            JobState::Paused(Pause::Interrupted) => {
                let journal = report.journal.clone();
                self.jobs.reports.retain(|known| known.journal != journal);
                JobRequest::GiveUp(journal)
            }
            _ => JobRequest::Tell(report.id.clone(), JobCommand::Cancel),
        };
        let _ = self.ask_of_job(request, effects);
    }

    /// Gives jobs so many points more of the rate limit, or fewer.
    pub(super) fn shift_share(&mut self, points: i8, effects: &mut Effects) {
        self.ask_of_job(JobRequest::ShiftShare(points), effects);
    }

    /// Tries once more what failed of the chosen job.
    pub(super) fn retry_job(&mut self, effects: &mut Effects) {
        let Some(report) = self.chosen_job() else { return };
        let request = JobRequest::Tell(report.id.clone(), JobCommand::Retry);
        let _ = self.ask_of_job(request, effects);
    }

    /// Writes down what became of each user of the chosen job.
    pub(super) fn save_outcomes(&mut self, effects: &mut Effects) {
        let Some(report) = self.chosen_job() else { return };
        let request = JobRequest::Save(report.journal.clone());
        let _ = self.ask_of_job(request, effects);
    }

    /// Marks those whom the chosen job could not change, in the place of whoever is marked, and lists them.
    pub(super) fn mark_failed(&mut self) {
        let Some(report) = self.chosen_job() else { return };
        let (job, journal) = (report.id.clone(), report.journal.clone());
        self.marks.read_failed(job, journal);
    }

    /// Why nothing of that sort can be asked of the chosen job.
    pub(super) fn why_not_job(&self, action: super::Action) -> Option<Reason> {
        use super::Action;
        let Some(report) = self.chosen_job() else { return Some("There is no job.".into()) };
        let is_over = report.state.is_over();
        match action {
            Action::PauseJob | Action::CancelJob if is_over => Some("This job has ended.".into()),
            Action::CancelJob if report.state == JobState::Cancelling => Some("It is being cancelled.".into()),
            Action::RetryJob if report.state == JobState::Cancelled => Some("This job was cancelled.".into()),
            Action::RetryJob | Action::MarkFailed if report.counts.failed == 0 => {
                Some("Nothing of this job has failed.".into())
            }
            Action::MarkFailed if self.marks.progress().is_some() => Some(super::many::STILL_MARKING.into()),
            Action::RetryJob if report.state == JobState::Paused(Pause::Interrupted) => {
                Some("Let the job go on first.".into())
            }
            _ => None,
        }
    }

    /// Asks whether to leave while a job goes on. Whether there is anything to ask.
    pub(super) fn asks_before_leaving(&mut self) -> bool {
        if self.jobs.is_idle() || self.quitting {
            return false;
        }
        if !matches!(self.dialogs.top(), Some(Dialog::Menu(menu)) if menu.kind() == super::dialog::MenuKind::Leave) {
            self.dialogs.open(Dialog::Menu(Menu::of_leaving()));
        }
        true
    }
}

/// What is said of a job in a dry run.
const IN_DRY_RUN: &str = "Nothing was sent: this is a dry run. Start it without --dry-run to do it.";

/// What is said when a job is over.
fn ended_words(report: &JobReport, site: &Site) -> String {
    let (counts, ended) = (report.counts, report.act.ended_words(&report.counts, site, "; w shows why"));
    let ended = report.sessions.map_or(ended.clone(), |check| format!("{ended} {check}"));
    if report.state != JobState::Cancelled {
        return ended;
    }
    let number = |count: usize| grouped(u64::try_from(count).unwrap_or(u64::MAX));
    format!("Cancelled after {} of {}. {ended}", number(counts.ended()), number(counts.total))
}

/// What is said when a job stands still by itself. Can hold Clerk's words, unsafe to print.
fn stopped_words(report: &JobReport) -> Option<String> {
    let JobState::Paused(pause) = &report.state else { return None };
    let why = match pause {
        Pause::Asked | Pause::Interrupted => return None,
        pause => pause.to_string(),
    };
    Some(format!("The job stands still: {why}"))
}
