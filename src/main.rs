//! The `sanad` program: see `sanad --help`.

fn main() -> std::process::ExitCode {
    sanad::cli::main()
}
