-- The ledger: what was imported, row by row, batch by batch. Rows are only ever added.
-- Input columns stand as in kpi_metrics/model.py; then batch_seq, row_seq (order within the batch) and the place in the
-- file.
create schema if not exists ledger;

create table if not exists ledger.meta (key varchar primary key, value varchar not null);

create table if not exists ledger.audit (
    seq bigint primary key, done_at timestamp not null, who varchar not null, what varchar not null,
    object varchar not null, before varchar, after varchar, hash varchar not null
);

create table if not exists ledger.batches (
    seq bigint primary key, batch_id varchar not null unique, recorded_at timestamp not null, who varchar not null,
    content_sha256 varchar not null, count_new bigint not null, count_corrected bigint not null,
    count_unchanged bigint not null
);

create table if not exists ledger.files (
    batch_seq bigint not null, file varchar not null, sha256 varchar not null, size bigint not null
);

create table if not exists ledger.voids (
    seq bigint primary key, batch_seq bigint not null, done_at timestamp not null, is_voided boolean not null,
    why varchar not null, who varchar not null
);

-- A month of the year and all before it closed for everybody (owner_id null), or one month reopened for one owner.
create table if not exists ledger.closings (
    seq bigint primary key, done_at timestamp not null, fiscal_year integer not null, month integer not null,
    owner_id varchar, is_closed boolean not null, why varchar, who varchar not null
);

-- What an office (owner_id null: sheets of several, or of none) means by a header that is not the product's own;
-- column_name '' keeps it out.
create table if not exists ledger.headings (
    owner_id varchar, table_name varchar not null, header varchar not null, column_name varchar not null,
    file varchar not null, batch_seq bigint not null, row_seq bigint not null
);

create table if not exists ledger.owners (
    owner_id varchar not null, parent_id varchar, kind varchar not null, name_th varchar not null, name_en varchar,
    short_name_th varchar, sort_order double, grid_row integer, grid_col integer, lat double, lon double,
    from_date date, to_date date, aliases varchar,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.people (
    owner_id varchar not null, parent_id varchar not null, name_th varchar not null, position_th varchar,
    personnel_type varchar not null, email varchar, leads varchar, from_date date, to_date date,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.works (
    fiscal_year integer not null, work_id varchar not null, name_th varchar not null, name_en varchar,
    category varchar not null,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.kpis (
    fiscal_year integer not null, kpi_id varchar not null, work_id varchar not null, name_th varchar not null,
    short_name_th varchar, name_en varchar, unit varchar not null, measure varchar not null,
    direction varchar not null, entry varchar not null, roll_up varchar not null, frequency varchar not null,
    scale_basis varchar not null, scoring varchar not null,
    level_1 double, level_2 double, level_3 double, level_4 double, level_5 double,
    weight double, lead_owner varchar, cascade varchar not null, parent_kpi_id varchar,
    plan_m1 double, plan_m2 double, plan_m3 double, plan_m4 double, plan_m5 double, plan_m6 double,
    plan_m7 double, plan_m8 double, plan_m9 double, plan_m10 double, plan_m11 double, plan_m12 double,
    formula_th varchar, source_th varchar, steps_th varchar,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.targets (
    fiscal_year integer not null, kpi_id varchar not null, owner_id varchar not null, from_date date not null,
    target double not null, weight double, prescribed boolean,
    plan_m1 double, plan_m2 double, plan_m3 double, plan_m4 double, plan_m5 double, plan_m6 double,
    plan_m7 double, plan_m8 double, plan_m9 double, plan_m10 double, plan_m11 double, plan_m12 double,
    level_1 double, level_2 double, level_3 double, level_4 double, level_5 double,
    approved_by varchar, document_no varchar, reason varchar,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.results (
    fiscal_year integer not null, month integer not null, kpi_id varchar not null, owner_id varchar not null,
    value double, numerator double, denominator double, is_withdrawn boolean not null,
    note varchar, problem varchar, remedy varchar, evidence_url varchar, reported_by varchar, reported_at timestamp,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.notes (
    fiscal_year integer not null, month integer not null, kpi_id varchar not null, owner_id varchar not null,
    note varchar, problem varchar, remedy varchar, evidence_url varchar, reported_by varchar, reported_at timestamp,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.behaviour (
    fiscal_year integer not null, round integer not null, owner_id varchar not null, score double not null,
    note varchar,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.bands (
    fiscal_year integer not null, personnel_type varchar not null, name_th varchar not null, name_en varchar,
    minimum double not null,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.overrides (
    fiscal_year integer not null, month integer not null, kpi_id varchar not null, owner_id varchar not null,
    score double not null, reason varchar not null,
    "by" varchar not null,  -- noqa: RF06
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.exclusions (
    fiscal_year integer not null, round integer not null, kpi_id varchar not null, owner_id varchar not null,
    reason varchar not null,
    "by" varchar not null,  -- noqa: RF06
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

-- What somebody says of a person's round; text null: taken back.
create table if not exists ledger.remarks (
    fiscal_year integer not null, round integer not null, owner_id varchar not null, part varchar not null,
    text varchar,
    "by" varchar not null,  -- noqa: RF06
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

-- An item of a person's development plan of a round; skill null: taken back.
create table if not exists ledger.development (
    fiscal_year integer not null, round integer not null, owner_id varchar not null, item integer not null,
    skill varchar, method varchar, period varchar,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

create table if not exists ledger.settings (
    key varchar not null, value varchar not null, note varchar,
    batch_seq bigint not null, row_seq bigint not null, file varchar, sheet varchar, row bigint
);

-- What was typed in the Report page and not sent yet, a row per box: no part of the ledger.
create schema if not exists desk;

create table if not exists desk.drafts (
    owner_id varchar not null, fiscal_year integer not null, month integer not null, kpi_id varchar not null,
    box varchar not null, text varchar not null, kept_at timestamp not null
);
