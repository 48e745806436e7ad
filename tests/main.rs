//! Whole judgements, and the command as a process. Seeds are fixed and nothing waits for time to
//! pass, so what a test says today it says tomorrow.

mod accepted;
mod caught;
mod pages;
mod replay;
mod reproducible;
mod served;
mod verified;

mod cli;
mod cores;
mod crawler;
mod environments;
mod hostile;
mod library;

mod tidy;

mod catalogue;
