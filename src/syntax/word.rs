//! What a tagger and a parser say of a token: part of speech, inflection, head and relation.

/// Defines a field-less enum whose variants carry the name that the treebanks write.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every variant, in the order of its number.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name in Universal Dependencies.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The variant of a treebank's name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

named! {
    /// Universal part of speech.
    Tag {
        /// Common noun.
        Noun = "NOUN",
        /// Proper noun.
        Propn = "PROPN",
        /// Full verb.
        Verb = "VERB",
        /// Auxiliary and copula.
        Aux = "AUX",
        /// Adjective.
        Adj = "ADJ",
        /// Adverb.
        Adv = "ADV",
        /// Preposition.
        Adp = "ADP",
        /// Determiner.
        Det = "DET",
        /// Pronoun.
        Pron = "PRON",
        /// Numeral.
        Num = "NUM",
        /// Particle: infinitive `to`, `not`, possessive `'s`.
        Part = "PART",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Punctuation.
        Punct = "PUNCT",
        /// Symbol.
        Sym = "SYM",
        /// Interjection.
        Intj = "INTJ",
        /// Anything else.
        X = "X",
    }
}

named! {
    /// Grammatical relation of a token to its head (Universal Dependencies with English subtypes).
    Relation {
        /// Head of the sentence.
        Root = "root",
        /// Subject.
        Nsubj = "nsubj",
        /// Subject of a passive.
        NsubjPass = "nsubj:pass",
        /// Subject of a clause that is itself a predicate.
        NsubjOuter = "nsubj:outer",
        /// Clause as subject.
        Csubj = "csubj",
        /// Object.
        Obj = "obj",
        /// Indirect object.
        Iobj = "iobj",
        /// Oblique, mostly with a preposition.
        Obl = "obl",
        /// By-phrase of a passive.
        OblAgent = "obl:agent",
        /// Oblique without preposition: `met Monday`.
        OblUnmarked = "obl:unmarked",
        /// Noun below a noun, with a preposition.
        Nmod = "nmod",
        /// Possessor.
        NmodPoss = "nmod:poss",
        /// Noun below a noun without preposition.
        NmodUnmarked = "nmod:unmarked",
        /// Descriptive title before a name.
        NmodDesc = "nmod:desc",
        /// Apposition.
        Appos = "appos",
        /// Further member of a coordination.
        Conj = "conj",
        /// Conjunction word.
        Cc = "cc",
        /// First half of a paired conjunction: `both`, `either`.
        CcPreconj = "cc:preconj",
        /// Adjective of a noun.
        Amod = "amod",
        /// Numeral of a noun.
        Nummod = "nummod",
        /// Member of a compound.
        Compound = "compound",
        /// Particle of a verb.
        CompoundPrt = "compound:prt",
        /// Further word of a name.
        Flat = "flat",
        /// Preposition or possessive mark.
        Case = "case",
        /// Determiner.
        Det = "det",
        /// Determiner before a determiner.
        DetPredet = "det:predet",
        /// Copula.
        Cop = "cop",
        /// Auxiliary.
        Aux = "aux",
        /// Auxiliary of the passive.
        AuxPass = "aux:pass",
        /// Adverb.
        Advmod = "advmod",
        /// Clause below a noun.
        Acl = "acl",
        /// Relative clause.
        AclRelcl = "acl:relcl",
        /// Adverbial clause.
        Advcl = "advcl",
        /// Open complement.
        Xcomp = "xcomp",
        /// Complement clause.
        Ccomp = "ccomp",
        /// Word that introduces a clause.
        Mark = "mark",
        /// Loosely joined clause.
        Parataxis = "parataxis",
        /// `There`, `it` without reference.
        Expl = "expl",
        /// Word of a fixed expression.
        Fixed = "fixed",
        /// Interjection.
        Discourse = "discourse",
        /// Address.
        Vocative = "vocative",
        /// Item of a list.
        List = "list",
        /// Dislocated element.
        Dislocated = "dislocated",
        /// Dependent of an elided head.
        Orphan = "orphan",
        /// Repaired speech.
        Reparandum = "reparandum",
        /// Second half of a word split by mistake.
        Goeswith = "goeswith",
        /// Punctuation.
        Punct = "punct",
        /// Not determined.
        Dep = "dep",
    }
}

impl Relation {
    /// The relation of a treebank's label; rarer subtypes fall back to their general relation.
    pub fn from_label(label: &str) -> Self {
        let general = || Self::from_name(label.split(':').next().unwrap_or(label));
        Self::from_name(label).or_else(general).unwrap_or(Relation::Dep)
    }

    /// The name without its subtype.
    pub fn general(self) -> &'static str {
        self.name().split(':').next().unwrap_or("dep")
    }
}

/// Inflection: a small set of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Features(u8);

impl Features {
    /// Nothing marked.
    pub const NONE: Features = Features(0);
    /// Finite verb.
    pub const FINITE: Features = Features(1);
    /// Past tense, or past participle.
    pub const PAST: Features = Features(2);
    /// Past participle.
    pub const PARTICIPLE: Features = Features(4);
    /// Form in `-ing`, participle and gerund alike.
    pub const GERUND: Features = Features(8);
    /// Infinitive.
    pub const INFINITIVE: Features = Features(16);
    /// Plural noun.
    pub const PLURAL: Features = Features(32);
    /// Comparative.
    pub const COMPARATIVE: Features = Features(64);
    /// Superlative.
    pub const SUPERLATIVE: Features = Features(128);

    /// Both sets.
    pub const fn with(self, other: Features) -> Features {
        Features(self.0 | other.0)
    }

    /// Whether all bits of `other` are set.
    pub fn has(self, other: Features) -> bool {
        self.0 & other.0 == other.0
    }

    /// The bits as treebanks write them, `_` for none.
    pub fn text(self) -> String {
        let mut out = Vec::new();
        let finite = self.has(Self::FINITE);
        for (bit, text) in [
            (Self::COMPARATIVE, "Degree=Cmp"),
            (Self::SUPERLATIVE, "Degree=Sup"),
            (Self::PLURAL, "Number=Plur"),
            (Self::PAST, "Tense=Past"),
            (Self::FINITE, "VerbForm=Fin"),
            (Self::GERUND, "VerbForm=Ger"),
            (Self::INFINITIVE, "VerbForm=Inf"),
            (Self::PARTICIPLE, "VerbForm=Part"),
        ] {
            if self.has(bit) {
                out.push(text);
            }
            if bit == Self::PAST && finite && !self.has(Self::PAST) {
                out.push("Tense=Pres");
            }
        }
        if out.is_empty() { "_".into() } else { out.join("|") }
    }
}

/// Part of speech and inflection of a token, and its place in the sentence's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Part of speech.
    pub tag: Tag,
    /// Inflection.
    pub features: Features,
    /// Index of the head among the block's tokens; a root is its own head.
    pub head: u32,
    /// Relation to the head.
    pub relation: Relation,
    /// How often, in percent, an arc like this one is right (see `data/syntax/confidence.tsv`); 0 in a
    /// sentence that was not parsed.
    pub confidence: u8,
}

impl Word {
    /// Least confidence of an arc on which a flag may rest.
    pub const SURE: u8 = 70;

    /// A token whose sentence was not parsed: its own head, of no part of speech.
    pub(super) fn unread(token: usize) -> Self {
        Self { tag: Tag::X, features: Features::NONE, head: token as u32, relation: Relation::Dep, confidence: 0 }
    }
}

/// The tagger's classes: part of speech with the inflection that it tells apart.
pub(super) const CLASSES: [(Tag, Features); 31] = {
    use Features as F;
    const PRESENT: Features = F::FINITE;
    const PAST: Features = F::FINITE.with(F::PAST);
    const PART: Features = F::PARTICIPLE.with(F::PAST);
    [
        (Tag::Noun, F::NONE),
        (Tag::Noun, F::PLURAL),
        (Tag::Propn, F::NONE),
        (Tag::Propn, F::PLURAL),
        (Tag::Verb, PRESENT),
        (Tag::Verb, PAST),
        (Tag::Verb, PART),
        (Tag::Verb, F::GERUND),
        (Tag::Verb, F::INFINITIVE),
        (Tag::Aux, PRESENT),
        (Tag::Aux, PAST),
        (Tag::Aux, PART),
        (Tag::Aux, F::GERUND),
        (Tag::Aux, F::INFINITIVE),
        (Tag::Adj, F::NONE),
        (Tag::Adj, F::COMPARATIVE),
        (Tag::Adj, F::SUPERLATIVE),
        (Tag::Adv, F::NONE),
        (Tag::Adv, F::COMPARATIVE),
        (Tag::Adv, F::SUPERLATIVE),
        (Tag::Adp, F::NONE),
        (Tag::Det, F::NONE),
        (Tag::Pron, F::NONE),
        (Tag::Num, F::NONE),
        (Tag::Part, F::NONE),
        (Tag::Cconj, F::NONE),
        (Tag::Sconj, F::NONE),
        (Tag::Punct, F::NONE),
        (Tag::Sym, F::NONE),
        (Tag::Intj, F::NONE),
        (Tag::X, F::NONE),
    ]
};

/// Number of a class among [`CLASSES`]; inflection that no class has is dropped.
#[cfg(feature = "train")]
pub(super) fn class_of(tag: Tag, features: Features) -> u8 {
    let exact = CLASSES.iter().position(|&c| c == (tag, features));
    let fallback = || CLASSES.iter().position(|c| c.0 == tag);
    exact.or_else(fallback).unwrap_or(CLASSES.len() - 1) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_unknown_subtypes_fall_back() {
        assert_eq!(Relation::from_label("advcl:relcl"), Relation::Advcl);
        assert_eq!(Relation::from_label("nsubj:pass").name(), "nsubj:pass");
        assert_eq!(Relation::from_label("never:seen"), Relation::Dep);
    }

    #[test]
    fn features_print_as_treebanks_write_them() {
        assert_eq!(CLASSES[5].1.text(), "Tense=Past|VerbForm=Fin");
        assert_eq!(CLASSES[4].1.text(), "Tense=Pres|VerbForm=Fin");
        assert_eq!(Features::NONE.text(), "_");
    }
}
