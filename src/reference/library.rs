//! Sets of any size, and which of their sources a page is compared with.
//!
//! Few sources are all compared with every page. Of many, a page is compared with those that share the most telling
//! names with it; the work of a check does not grow with the number of the others.

use std::collections::VecDeque;
use std::rc::Rc;

use super::term::terms;
use super::{Manifest, ReferenceSet, Source, Volume};
use crate::error::Error;
use crate::map::HashMap;
use crate::order;

/// Most sources of which all are compared with every page.
pub const FEW: usize = 128;
/// Most sources that a page is compared with, of more than [`FEW`]. What others say beside them is hardly ever new, and
/// the index over so many is made in about the time that reading a page takes (`bench/RESULTS.md`).
const MOST: usize = 32;
/// Longest list of sources under one term that is looked through: what more sources name tells little.
const COMMON: usize = 1024;
/// Most shards of one set that are opened for a page.
const MOST_SHARDS: usize = 8;
/// Shards of one set that are kept open for the next pages.
const KEPT: usize = 16;

/// A loaded set.
enum Shelf {
    Whole(Rc<Volume>),
    Split { manifest: Manifest, open: VecDeque<Rc<Volume>> },
}

/// A loaded set, as it is shown.
pub enum Loaded<'l> {
    /// A set in one file.
    Whole(&'l Volume),
    /// A set in shards.
    Split(&'l Manifest),
}

/// What is loaded.
#[derive(Default)]
pub struct Library {
    shelves: Vec<(String, Shelf)>,
}

/// A source of the library: shelf, volume of the shelf, number in the volume.
type Place = (usize, usize, u32);

impl Library {
    /// Loads a set, or the manifest of a split one; its id. One that is loaded already stays alone.
    ///
    /// # Errors
    /// When the bytes are neither.
    pub fn add(&mut self, bytes: Vec<u8>) -> Result<String, Error> {
        let (id, shelf) = if Manifest::is(&bytes) {
            let manifest = Manifest::open(bytes)?;
            (manifest.id(), Shelf::Split { manifest, open: VecDeque::new() })
        } else {
            let volume = Volume::open(bytes)?;
            (volume.id(), Shelf::Whole(Rc::new(volume)))
        };
        if !self.shelves.iter().any(|(known, _)| *known == id) {
            self.shelves.push((id.clone(), shelf));
        }
        Ok(id)
    }

    /// Takes a set away; whether there was one.
    pub fn remove(&mut self, id: &str) -> bool {
        let before = self.shelves.len();
        self.shelves.retain(|(known, _)| known != id);
        self.shelves.len() < before
    }

    /// Ids of the sets, in the order in which they were loaded.
    pub fn ids(&self) -> Vec<String> {
        self.shelves.iter().map(|(id, _)| id.clone()).collect()
    }

    /// The sets, in the same order.
    pub fn loaded(&self) -> impl Iterator<Item = Loaded<'_>> {
        self.shelves.iter().map(|(_, shelf)| match shelf {
            Shelf::Whole(volume) => Loaded::Whole(volume),
            Shelf::Split { manifest, .. } => Loaded::Split(manifest),
        })
    }

    /// Whether a set has shards that are opened when they are needed.
    pub fn is_split(&self) -> bool {
        self.loaded().any(|set| matches!(set, Loaded::Split(_)))
    }

    /// Number of sources.
    pub fn len(&self) -> usize {
        let count = |shelf: &Shelf| match shelf {
            Shelf::Whole(volume) => volume.len(),
            Shelf::Split { manifest, .. } => manifest.shards().iter().map(|s| s.sources as usize).sum(),
        };
        self.shelves.iter().map(|(_, shelf)| count(shelf)).sum()
    }

    /// Whether there is no source.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All sets, if they are so small that every page is compared with all of their sources.
    ///
    /// # Errors
    /// When a file was made to deceive: its digest is right and its content is not.
    pub fn small(&self) -> Result<Option<Vec<ReferenceSet>>, Error> {
        if self.len() > FEW {
            return Ok(None);
        }
        let set = |loaded| match loaded {
            Loaded::Whole(volume) => volume.set().map(Some),
            Loaded::Split(_) => Ok(None),
        };
        self.loaded().map(set).collect()
    }

    /// The shards that a page needs and that are not open: place of the set in the order of the sets, and file.
    pub fn wanted(&self, page: &Source) -> Vec<(usize, String)> {
        let terms = self.telling(page);
        let mut out = Vec::new();
        for (at, (_, shelf)) in self.shelves.iter().enumerate() {
            let Shelf::Split { manifest, open } = shelf else { continue };
            let wanted = chosen_shards(manifest, &terms).into_iter().map(|s| &manifest.shards()[s]);
            let missing = wanted.filter(|shard| !open.iter().any(|volume| volume.id() == shard.id));
            out.extend(missing.map(|shard| (at, shard.file())));
        }
        out
    }

    /// Opens a shard; the shard opened longest ago is closed where too many are open.
    ///
    /// # Errors
    /// When the bytes are no set, or no manifest here names it.
    pub fn lend(&mut self, bytes: Vec<u8>) -> Result<(), Error> {
        let volume = Rc::new(Volume::open(bytes)?);
        let id = volume.id();
        for (_, shelf) in &mut self.shelves {
            if let Shelf::Split { manifest, open } = shelf
                && manifest.shards().iter().any(|shard| shard.id == id)
            {
                open.retain(|known| known.id() != id);
                open.push_back(volume);
                if open.len() > KEPT {
                    open.pop_front();
                }
                return Ok(());
            }
        }
        Err(Error::new(format!("the set {id} is no shard of a loaded manifest")))
    }

    /// What a page is compared with, set by set.
    ///
    /// # Errors
    /// When a shard that the page needs is not open, or a file was made to deceive.
    pub fn about(&self, page: &Source) -> Result<Vec<ReferenceSet>, Error> {
        let volumes = self.open_for(page)?;
        let mut scores: HashMap<Place, u32> = HashMap::default();
        let terms = self.telling(page);
        for &(term, weight, _) in &terms {
            for (&(shelf, at), volume) in &volumes {
                let filed = volume.filed(term);
                if filed.len() <= COMMON || scores.len() < MOST {
                    filed.take(COMMON).for_each(|number| *scores.entry((shelf, at, number)).or_default() += weight);
                }
            }
        }
        let mut ranked: Vec<(u32, Place)> = scores.into_iter().map(|(place, score)| (score, place)).collect();
        order::by_key(&mut ranked, |&(score, place)| (std::cmp::Reverse(score), place));
        // Of those that share as much, the first by name, however the set is cut into shards.
        let least = ranked.get(2 * MOST).map_or(0, |(score, _)| *score);
        let mut candidates = Vec::new();
        for (score, place) in ranked.into_iter().take_while(|(score, _)| *score >= least) {
            let (head, _) = volumes[&(place.0, place.1)].head(place.2 as usize)?;
            candidates.push((std::cmp::Reverse(score), place.0, head.id, place));
        }
        order::sort(&mut candidates);
        let mut taken: Vec<(usize, Source)> = Vec::new();
        for (_, shelf, _, place) in candidates.into_iter().take(2 * MOST) {
            let source = volumes[&(place.0, place.1)].source(place.2 as usize)?;
            if taken.len() < MOST && !taken.iter().any(|(_, other)| other.sketch.is_copy(&source.sketch)) {
                taken.push((shelf, source));
            }
        }
        let mut sets: Vec<ReferenceSet> = self.shelves.iter().map(|_| ReferenceSet::default()).collect();
        order::by(&mut taken, |(a, one), (b, other)| (a, &one.id).cmp(&(b, &other.id)));
        taken.into_iter().for_each(|(shelf, source)| sets[shelf].sources.push(source));
        Ok(sets)
    }

    /// The volumes that a page may have sources in, by shelf and place on it.
    fn open_for(&self, page: &Source) -> Result<std::collections::BTreeMap<(usize, usize), &Volume>, Error> {
        let terms = self.telling(page);
        let mut out = std::collections::BTreeMap::new();
        for (at, (_, shelf)) in self.shelves.iter().enumerate() {
            match shelf {
                Shelf::Whole(volume) => drop(out.insert((at, 0), volume.as_ref())),
                Shelf::Split { manifest, open } => {
                    for number in chosen_shards(manifest, &terms) {
                        let shard = &manifest.shards()[number];
                        let volume = open.iter().find(|volume| volume.id() == shard.id);
                        let volume =
                            volume.ok_or_else(|| Error::new(format!("the shard {} is not open", shard.file())))?;
                        out.insert((at, number), volume.as_ref());
                    }
                }
            }
        }
        Ok(out)
    }

    /// The terms of a page that some source is filed under, the rarest first: hash, weight, number of sources.
    fn telling(&self, page: &Source) -> Vec<(u32, u32, usize)> {
        let total = self.len();
        let of = |shelf: &Shelf, term: u32| match shelf {
            Shelf::Whole(volume) => volume.filed(term).len(),
            Shelf::Split { manifest, .. } => manifest.filed(term).map(|(_, count)| count).sum(),
        };
        let weighed = terms(page).into_iter().filter_map(|term| {
            let sources: usize = self.shelves.iter().map(|(_, shelf)| of(shelf, term)).sum();
            // In whole numbers, so that every machine chooses the same.
            let weight = (total.max(sources).checked_div(sources)?).ilog2() + 1;
            Some((term, weight, sources))
        });
        let mut out: Vec<_> = weighed.collect();
        order::by_key(&mut out, |&(term, _, sources)| (sources, term));
        out
    }
}

/// Numbers of the shards that hold most of what a page's terms say, sorted.
fn chosen_shards(manifest: &Manifest, terms: &[(u32, u32, usize)]) -> Vec<usize> {
    let mut scores: HashMap<usize, u32> = HashMap::default();
    for &(term, weight, sources) in terms {
        if sources <= COMMON || scores.is_empty() {
            manifest.filed(term).for_each(|(shard, _)| *scores.entry(shard).or_default() += weight);
        }
    }
    let mut ranked: Vec<(usize, u32)> = scores.into_iter().collect();
    order::by_key(&mut ranked, |&(shard, score)| (std::cmp::Reverse(score), shard));
    let mut out: Vec<usize> = ranked.into_iter().take(MOST_SHARDS).map(|(shard, _)| shard).collect();
    order::sort(&mut out);
    out
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::block::Page;
    use crate::reference::unite::Union;

    /// Sources about many people, a shard for each.
    fn split(folder: &Path) -> (Vec<Source>, Vec<u8>) {
        const NAMES: [&str; 5] = ["Anna Lind", "Hiroshi Okafor", "Bola Proust", "Serhiy Tanaka", "Jomo Virtanen"];
        let text = |i: usize| {
            let (name, other) = (NAMES[i % 5], NAMES[(i / 5) % 5]);
            let speech = format!("{name} told {other} that {} bridges would be built, and nobody was asked.", 10 + i);
            vec![format!("Transport Minister {name} met {other} in Oslo on May {}, 2024.", 1 + i % 28), speech]
        };
        let page = |i: usize| Page { id: format!("s{i:03}"), blocks: text(i), ..Page::default() };
        let sources: Vec<Source> = (0..FEW + 1).map(|i| Source::read(&page(i))).collect();
        let output = folder.join("set.ccman");
        let mut union = Union::new(&output, 1 << 20).unwrap();
        sources.iter().for_each(|source| union.add(source).unwrap());
        union.finish_split(1).unwrap();
        (sources, std::fs::read(output).unwrap())
    }

    #[test]
    fn a_page_is_compared_with_what_shares_its_names_whole_or_split() {
        let folder = std::env::temp_dir().join(format!("countercheck-library-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (sources, manifest) = split(&folder);
        let mut cut = Library::default();
        cut.add(manifest).unwrap();
        assert_eq!((cut.len(), cut.small().unwrap()), (FEW + 1, None));
        let page = Page { blocks: vec!["Bola Proust met Anna Lind.".to_owned()], ..Page::default() };
        let page = Source::read(&page);
        let wanted = cut.wanted(&page);
        assert!(!wanted.is_empty() && wanted.len() <= MOST_SHARDS);
        assert!(cut.about(&page).is_err(), "the shards are not open");
        for (_, file) in wanted {
            cut.lend(std::fs::read(folder.join(file)).unwrap()).unwrap();
        }
        assert!(cut.wanted(&page).is_empty());
        let found = cut.about(&page).unwrap();
        let named = |s: &Source| s.names.iter().any(|(key, _)| key == "p:bola proust" || key == "p:anna lind");
        assert!(!found[0].sources().is_empty() && found[0].sources().iter().all(named));

        let mut whole = Library::default();
        whole.add(ReferenceSet::from_sources(sources).to_bytes()).unwrap();
        let found = whole.about(&page).unwrap();
        assert!(found[0].sources().len() <= MOST && found[0].sources().iter().all(named));
        assert!(whole.lend(ReferenceSet::bundled().to_bytes()).is_err(), "no shard of anything here");
        let stranger = Source::read(&Page { blocks: vec!["Nothing is named here.".to_owned()], ..Page::default() });
        assert!(whole.about(&stranger).unwrap()[0].sources().is_empty());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
