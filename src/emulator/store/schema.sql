-- The emulator's database. A user is a document in Clerk's own JSON; the columns and tables beside it are what it is
-- found and ordered by, written by one function together with it. `seq` is the order of signing up.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE users (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    external_id TEXT UNIQUE,
    banned INTEGER NOT NULL,
    lock_ends_at INTEGER,            -- ms since the epoch; null when not locked
    attempts_remaining INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_active_at INTEGER,
    last_sign_in_at INTEGER,
    email_address TEXT,              -- primary identifications, folded
    phone_number TEXT,
    web3wallet TEXT,
    username TEXT,
    first_name TEXT,
    last_name TEXT,
    emails TEXT,                     -- all of them, folded, a line each: what partial match looks at
    phones TEXT,
    wallets TEXT,
    names TEXT,
    body TEXT NOT NULL               -- the document
);

CREATE INDEX users_created_at ON users (created_at, seq);
CREATE INDEX users_updated_at ON users (updated_at, seq);
CREATE INDEX users_last_active_at ON users (last_active_at, seq);
CREATE INDEX users_last_sign_in_at ON users (last_sign_in_at, seq);
CREATE INDEX users_email_address ON users (email_address, seq);
CREATE INDEX users_phone_number ON users (phone_number, seq);
CREATE INDEX users_web3wallet ON users (web3wallet, seq);
CREATE INDEX users_username ON users (username, seq);
CREATE INDEX users_first_name ON users (first_name, seq);
CREATE INDEX users_last_name ON users (last_name, seq);
CREATE INDEX users_banned ON users (created_at, seq) WHERE banned = 1;

-- Every identification, for exact match. Kinds: email_address, phone_number, web3_wallet, and a provider's name.
CREATE TABLE identifications (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (seq),
    id TEXT,                         -- of what is asked for by its own id: email addresses and phone numbers
    PRIMARY KEY (kind, value, user)
) WITHOUT ROWID;
CREATE INDEX identifications_user ON identifications (user);
CREATE INDEX identifications_id ON identifications (id) WHERE id IS NOT NULL;

-- Partial match of three characters and more.
CREATE VIRTUAL TABLE search USING fts5 (
    emails, phones, wallets, names, username, id,
    content = '', contentless_delete = 1, detail = 'full', tokenize = 'trigram case_sensitive 1'
);

CREATE TABLE organizations (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);

CREATE TABLE memberships (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL REFERENCES users (seq),
    organization INTEGER NOT NULL REFERENCES organizations (seq),
    role TEXT NOT NULL,
    public_metadata TEXT NOT NULL,
    private_metadata TEXT NOT NULL DEFAULT '{}',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (organization, user)
);
CREATE INDEX memberships_user ON memberships (user, created_at, seq);

CREATE TABLE invitations (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organization INTEGER NOT NULL REFERENCES organizations (seq),
    email_address TEXT NOT NULL,
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    inviter TEXT,                    -- a user's id
    public_metadata TEXT NOT NULL DEFAULT '{}',
    private_metadata TEXT NOT NULL DEFAULT '{}',
    url TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER,              -- null while it is as it was made
    expires_at INTEGER NOT NULL
);
CREATE INDEX invitations_email_address ON invitations (email_address);

CREATE TABLE sessions (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL REFERENCES users (seq),
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user, created_at, seq);

-- Things that are found by kind and id alone, each a document in Clerk's own JSON; `kind` is its `object`.
CREATE TABLE documents (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    status TEXT,                     -- as it stands in the document; null where the kind has none
    text TEXT,                       -- what it is found by, folded: an email address, an identifier
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    body TEXT NOT NULL
);
CREATE INDEX documents_kind ON documents (kind, created_at, seq);
CREATE INDEX documents_text ON documents (kind, text);
-- What no answer ever shows. A user who was made with the instance has no row: their password and codes are nobody's.
CREATE TABLE secrets (
    user INTEGER PRIMARY KEY REFERENCES users (seq) ON DELETE CASCADE,
    password_hasher TEXT,
    password_digest TEXT,
    totp_secret TEXT,                -- base 32
    backup_codes TEXT,               -- a JSON array: plain, or bcrypt digests
    compromised INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE trusted_devices (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL REFERENCES users (seq) ON DELETE CASCADE,
    body TEXT NOT NULL
);
CREATE INDEX trusted_devices_user ON trusted_devices (user);

CREATE TABLE images (
    user INTEGER PRIMARY KEY REFERENCES users (seq) ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,              -- image/png
    bytes BLOB NOT NULL
);
