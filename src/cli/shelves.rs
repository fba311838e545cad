//! The sets that `--references` names, and what of them an article is compared with.

use std::path::{Path, PathBuf};

use countercheck::error::Error;
use countercheck::reference::{BUNDLED, Library, ReferenceSet, Source};

/// Loaded sets, and where the shards of those that are split lie.
pub struct Shelves {
    library: Library,
    /// Folder of each set, by its place in the library.
    folders: Vec<PathBuf>,
}

impl Shelves {
    /// Loads sets and manifests; none stands for the bundled set.
    pub fn load(paths: &[PathBuf]) -> Result<Self, Error> {
        let mut shelves = Self { library: Library::default(), folders: Vec::new() };
        if paths.is_empty() {
            shelves.library.add(BUNDLED.to_vec())?;
        }
        for path in paths {
            let bytes = read(path)?;
            let before = shelves.library.ids().len();
            shelves.library.add(bytes).map_err(|e| e.within(path.display()))?;
            if shelves.library.ids().len() > before {
                shelves.folders.push(path.parent().unwrap_or(Path::new("")).to_owned());
            }
        }
        Ok(shelves)
    }

    /// Ids of the sets.
    pub fn ids(&self) -> Vec<String> {
        self.library.ids()
    }

    /// Whether they hold no source.
    pub fn is_empty(&self) -> bool {
        self.library.is_empty()
    }

    /// All sources, where they are so few that every article is compared with all of them.
    pub fn small(&self) -> Result<Option<Vec<ReferenceSet>>, Error> {
        self.library.small()
    }

    /// The sources that an article is compared with; opens the shards that hold them.
    pub fn about(&mut self, article: &Source) -> Result<Vec<ReferenceSet>, Error> {
        for (set, file) in self.library.wanted(article) {
            let path = self.folders[set].join(file);
            self.library.lend(read(&path)?).map_err(|e| e.within(path.display()))?;
        }
        self.library.about(article)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|e| Error::new(e.to_string()).within(path.display()))
}
