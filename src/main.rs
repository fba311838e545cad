//! The command line: annotates and checks articles, builds and inspects reference sets.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = match cli::Args::try_parse() {
        Ok(args) => args,
        Err(e) => {
            let failed = e.use_stderr();
            // A closed pipe is no reason to fail while explaining a failure.
            let _ = e.print();
            return if failed { ExitCode::from(1) } else { ExitCode::SUCCESS };
        }
    };
    match cli::run(args) {
        Ok(code) => code,
        Err(e) => {
            eprintln!("countercheck: {}", cli::one_line(&e.to_string()));
            ExitCode::from(1)
        }
    }
}
