//! The files of the form that is being read, for the types of fields that are files.
//!
//! A deserializer cannot hand over a file, only values of serde's data model. So it hands over an object that describes the
//! file, whose strings lie in the form. The address of the name says which file it is. All of this is one synchronous call.

use std::{cell::RefCell, fmt, io, sync::Arc};

use axum::body::Bytes;
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
};

use super::upload_file::UploadFile;

thread_local! {
    static RECEIVED: RefCell<Option<Received>> = const { RefCell::new(None) };
}

/// The files of a form.
#[derive(Default)]
struct Received {
    files: Arc<[UploadFile]>,
    /// The addresses of the names in the document that is read, and the numbers of the files.
    addresses: Vec<(usize, usize)>,
    /// The contents that had to be read, by the number of the file.
    contents: Vec<Option<Bytes>>,
    /// The files whose contents were asked for and are not in memory.
    wanted: Vec<usize>,
}

impl Received {
    fn number_at(&self, address: usize) -> Option<usize> {
        let at = self.addresses.binary_search_by_key(&address, |(of_file, _)| *of_file).ok()?;
        self.addresses.get(at).map(|(_, number)| *number)
    }
}

/// Reads a value that may have these files in it.
///
/// # Errors
///
/// Fails if the content of a file that is part of the value cannot be read.
pub(super) async fn read<R>(files: &Arc<[UploadFile]>, read: impl Fn() -> R) -> io::Result<R> {
    let mut contents: Vec<Option<Bytes>> = vec![None; files.len()];
    loop {
        let received = Received { files: files.clone(), contents, ..Received::default() };
        let wanted = {
            let (value, received) = with(received, &read);
            contents = received.contents;
            if received.wanted.is_empty() {
                return Ok(value);
            }
            received.wanted
        };
        // Reading a file must not block, so the value is read once more with its content.
        for number in wanted {
            if let (Some(file), Some(content)) = (files.get(number), contents.get_mut(number)) {
                *content = Some(file.bytes().await?);
            }
        }
    }
}

/// Calls a function while there are these files.
fn with<R>(received: Received, read: impl Fn() -> R) -> (R, Received) {
    /// Restores what was there before, also after a panic.
    struct Restore(Option<Received>);

    impl Restore {
        fn swap(&mut self) {
            RECEIVED.with_borrow_mut(|current| std::mem::swap(current, &mut self.0));
        }
    }

    impl Drop for Restore {
        fn drop(&mut self) {
            self.swap();
        }
    }

    let mut restore = Restore(Some(received));
    restore.swap();
    let value = read();
    (value, RECEIVED.with_borrow_mut(Option::take).unwrap_or_default())
}

/// Sets the addresses of the names of the files in the document that is read next.
pub(in crate::extract) fn set_addresses(addresses: Vec<(usize, usize)>) {
    RECEIVED.with_borrow_mut(|received| {
        if let Some(received) = received {
            received.addresses = addresses;
        }
    });
}

/// Returns the file that an object describes. Without an object that is an empty one, as a placeholder.
pub(super) fn file(described: Described) -> Option<UploadFile> {
    RECEIVED.with_borrow(|received| {
        let received = received.as_ref()?;
        match described.address {
            None => Some(UploadFile::new("", Bytes::new())),
            Some(address) => received.files.get(received.number_at(address)?).cloned(),
        }
    })
}

/// Returns the content of the file that an object describes.
pub(super) fn content(described: Described) -> Option<Bytes> {
    let file = file(described)?;
    if let Some(content) = file.in_memory() {
        return Some(content.clone());
    }
    RECEIVED.with_borrow_mut(|received| {
        let received = received.as_mut()?;
        let number = received.number_at(described.address?)?;
        let content = received.contents.get(number)?.clone();
        if content.is_none() {
            received.wanted.push(number);
        }
        Some(content.unwrap_or_default())
    })
}

/// The object that describes a file.
#[derive(Clone, Copy)]
pub(super) struct Described {
    /// The address of the name, unless the object has no members: then it is a placeholder.
    address: Option<usize>,
}

impl Described {
    /// Reads an object that describes a file.
    ///
    /// # Errors
    ///
    /// Returns the error of the deserializer, or one for an object that does not describe a file.
    pub(super) fn read<'de, A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let first: Option<(IgnoredAny, Address)> = object.next_entry()?;
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self { address: first.map(|(_, Address(address))| address) })
    }
}

/// The address of a string that a deserializer lends.
struct Address(usize);

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AddressVisitor;

        impl<'de> Visitor<'de> for AddressVisitor {
            type Value = Address;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a file")
            }

            fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Address, E> {
                Ok(Address(name.as_ptr() as usize))
            }
        }

        deserializer.deserialize_str(AddressVisitor)
    }
}
