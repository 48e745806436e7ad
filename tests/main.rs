//! Whole judgements, and the command as a process. Seeds are fixed and nothing waits for time to
//! pass, so what a test says today it says tomorrow.

mod accepted;
mod apart;
mod caught;
mod clean;
mod marks;
mod pages;
mod replay;
mod reproducible;
mod served;
mod verified;

mod cli;
mod cores;
mod corpus;
mod crawler;
mod environments;
mod hazards;
mod hostile;
mod left_behind;
mod library;

mod tidy;

mod catalogue;
