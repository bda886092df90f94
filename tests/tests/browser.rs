//! The supervisor's side in a real browser, against the real demo: a returned entry comes back
//! corrected, only what changed is shown, approval closes the loop.

use anyhow::{Context, Result, bail, ensure};
use doorstep_tests::browser::Browser;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The demo, running, with the lines that it has printed.
struct Demo {
    process: Child,
    lines: Receiver<String>,
    address: String,
    login: String,
    password: String,
}

impl Demo {
    fn start(folder: &std::path::Path) -> Result<Self> {
        let mut process = Command::new(binary()?)
            .args(["demo", "--port", "0", "--lang", "en", "--dir"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .context("the demo did not start")?;
        let stdout = process.stdout.take().context("stdout was asked for")?;
        let (said, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if said.send(line).is_err() {
                    break;
                }
            }
        });
        let mut demo =
            Self { process, lines, address: String::new(), login: String::new(), password: String::new() };
        let line = demo.line_with("console: http")?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let after =
            |word: &str| words.iter().position(|w| *w == word).and_then(|at| words.get(at + 1)).copied();
        demo.address = words.iter().find(|w| w.starts_with("http://")).context("an address")?.to_string();
        demo.login = after("as").context("a sign-in name")?.trim_end_matches(',').to_owned();
        demo.password = after("password").context("a password")?.to_string();
        Ok(demo)
    }

    /// Waits for a line that holds some words.
    fn line_with(&self, words: &str) -> Result<String> {
        loop {
            match self.lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) if line.contains(words) => return Ok(line),
                Ok(_) => {}
                Err(_) => bail!("the demo did not say {words:?}"),
            }
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Both fail only if it has ended already, which is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The `doorstep` binary beside this test's own.
fn binary() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("DOORSTEP_BIN") {
        return Ok(path.into());
    }
    let own = std::env::current_exe()?;
    let path = own.parent().and_then(|deps| deps.parent()).context("a target folder")?.join("doorstep");
    ensure!(path.exists(), "build the binary first: cargo build --release");
    Ok(path)
}

async fn sign_in(browser: &Browser, demo: &Demo) -> Result<()> {
    browser.open(&demo.address).await?;
    browser.fill("#login", &demo.login).await?;
    browser.fill("#password", &demo.password).await?;
    browser.click("#sign-in").await?;
    // Waits until the page is there.
    browser.text_of("#queue li").await.map(drop)
}

/// Saves a picture if somebody wants to look (`DOORSTEP_PICTURES=<folder>`).
async fn picture(browser: &Browser, name: &str) -> Result<()> {
    if let Some(folder) = std::env::var_os("DOORSTEP_PICTURES") {
        std::fs::write(PathBuf::from(folder).join(format!("{name}.png")), browser.picture().await?)?;
    }
    Ok(())
}

#[tokio::test]
async fn a_returned_entry_comes_back_corrected_and_is_approved() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let demo = Demo::start(&folder.path().join("office"))?;
    let browser = Browser::start(1280, 900, "en").await?;
    sign_in(&browser, &demo).await?;
    picture(&browser, "console-queue").await?;

    // An entry of the worker whose phone answers by itself.
    let waiting = browser.attributes("#queue li", "data-entry").await?;
    let mut entry = None;
    for id in &waiting {
        browser.open(&format!("{}/entries/{id}", demo.address)).await?;
        let text = browser.text().await?;
        if text.contains("Author 林晓雯")
            && browser.count("#return").await? == 1
            && browser.count("#approve").await? == 1
        {
            entry = Some(id.clone());
            break;
        }
    }
    let entry = format!("{}/entries/{}", demo.address, entry.context("an entry of hers waits")?);
    picture(&browser, "console-entry").await?;
    browser.click("input[name=field][value=narrative]").await?;
    browser.fill("#reason", "Please add who else was in the room.").await?;
    browser.click("#return").await?;
    demo.line_with("Please add who else was in the room.")?;
    demo.line_with("corrected and resubmitted")?;

    // It comes back; what is shown first is exactly what changed since the return.
    let mut shown = String::new();
    for _ in 0..40 {
        browser.open(&entry).await?;
        if browser.count("[data-action=resubmit]").await? > 0 {
            shown = browser.text_of(".compare").await?;
            break;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    ensure!(!shown.is_empty(), "the entry did not come back: {}", browser.text().await?);
    picture(&browser, "console-difference").await?;
    browser.click("#approve").await?;
    browser.open(&entry).await?;
    ensure!(browser.count("[data-action=approve]").await? == 1, "not approved: {}", browser.text().await?);
    ensure!(browser.count("#approve").await? == 0, "an approved entry cannot be approved again");

    // One that was edited after its approval shows exactly what is new since then.
    browser.open(&format!("{}/queue", demo.address)).await?;
    browser.click("#queue li:has([data-state=amended]) a").await?;
    ensure!(!browser.text_of("#since-approval").await?.is_empty(), "an amended entry shows its difference");
    picture(&browser, "console-amended").await?;
    browser.close().await
}

#[tokio::test]
async fn the_console_holds_together_on_a_phone_in_chinese_without_scripts() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let demo = Demo::start(&folder.path().join("office"))?;
    let browser = Browser::start(390, 844, "zh-CN").await?;
    sign_in(&browser, &demo).await?;
    browser.click("#language").await?;
    browser.text_of("html[lang|=zh] #queue li").await?;
    picture(&browser, "console-queue-phone").await?;
    ensure!(browser.count("script").await? == 0, "the console has no scripts");
    let first = browser.attributes("#queue li", "data-entry").await?.first().cloned().context("an entry")?;
    for path in ["/queue".to_owned(), format!("/entries/{first}"), format!("/entries/{first}/history")] {
        browser.open(&format!("{}{path}", demo.address)).await?;
        let overflow = browser
            .run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            .await?;
        ensure!(overflow.as_i64() == Some(0), "{path} is wider than the phone by {overflow}");
    }
    picture(&browser, "console-history-phone").await?;
    browser.close().await
}
