//! Tables of `keys.db`.

use crate::error::StoreFault;
use doorstep_core::env::Env;
use doorstep_core::model::{Class, Scope};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use zeroize::Zeroizing;

type Key = Zeroizing<[u8; 32]>;

/// The office's own keys by name; made if they are not there.
pub(crate) fn office_keys<const N: usize>(
    connection: &mut Connection,
    names: [&str; N],
    env: &Env,
) -> Result<[Key; N], StoreFault> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut keys: [Key; N] = std::array::from_fn(|_| Zeroizing::new([0; 32]));
    for (key, name) in keys.iter_mut().zip(names) {
        let found = tx.query_row("SELECT key FROM office_keys WHERE name = ?1", [name], |row| row.get(0));
        **key = if let Some(found) = found.optional()? {
            found
        } else {
            let made = env.bytes();
            tx.execute("INSERT INTO office_keys (name, key) VALUES (?1, ?2)", (name, made))?;
            made
        };
    }
    tx.commit()?;
    Ok(keys)
}

/// The certificate that phones pin and its private key, both DER; stored the first time.
pub(crate) fn tls<E: From<StoreFault>>(
    connection: &mut Connection,
    make: impl FnOnce() -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), E>,
) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), E> {
    let fault = |error: rusqlite::Error| E::from(error.into());
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
    let found = tx.query_row("SELECT certificate, key FROM tls", [], |row| {
        Ok((row.get(0)?, Zeroizing::new(row.get(1)?)))
    });
    let identity = if let Some(found) = found.optional().map_err(fault)? {
        found
    } else {
        let (certificate, key) = make()?;
        tx.execute("INSERT INTO tls (id, certificate, key) VALUES (1, ?1, ?2)", (&certificate, &*key))
            .map_err(fault)?;
        (certificate, key)
    };
    tx.commit().map_err(fault)?;
    Ok(identity)
}

/// The key of a scope × class.
pub(crate) fn find(connection: &Connection, scope: Scope, class: Class) -> Result<Option<Key>, StoreFault> {
    let mut statement =
        connection.prepare_cached("SELECT key FROM scope_keys WHERE scope = ?1 AND class = ?2")?;
    let key = statement.query_row((scope.to_bytes(), class.rank()), |row| row.get(0).map(Zeroizing::new));
    Ok(key.optional()?)
}

/// Makes missing keys and gives all that were asked for, committed.
pub(crate) fn ensure(
    connection: &mut Connection,
    wanted: &[(Scope, Class)],
    env: &Env,
) -> Result<Vec<(Scope, Class, Key)>, StoreFault> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut keys = Vec::with_capacity(wanted.len());
    for &(scope, class) in wanted {
        let key = if let Some(found) = find(&tx, scope, class)? {
            found
        } else {
            let made = Zeroizing::new(env.bytes());
            tx.prepare_cached("INSERT INTO scope_keys (scope, class, key, created) VALUES (?1, ?2, ?3, ?4)")?
                .execute((scope.to_bytes(), class.rank(), *made, env.now().as_ms()))?;
            made
        };
        keys.push((scope, class, key));
    }
    tx.commit()?;
    Ok(keys)
}
