//! The Merkle tree of RFC 6962, kept as its right edge: appending needs no earlier leaf.

use sha2::{Digest, Sha256};

/// SHA-256.
pub(super) type Hash = [u8; 32];

/// The hash of a leaf.
pub(super) fn leaf(data: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(data)
        .finalize()
        .into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// A tree that grows to the right. Its peaks are the roots of the largest whole subtrees, from the left:
/// one for each bit that is set in its size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tree {
    size: u64,
    peaks: Vec<Hash>,
}

impl Tree {
    /// From what was kept of it.
    pub(super) fn restore(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (u64::from(size.count_ones()) == peaks.len() as u64).then_some(Self { size, peaks })
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds a leaf at the right end.
    pub(super) fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root; of no leaf, the hash of nothing.
    pub(super) fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return Sha256::digest([]).into();
        };
        peaks.fold(*last, |right, left| node(left, &right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves and roots that certificate transparency tests its own trees with.
    const LEAVES: [&str; 8] = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn roots_are_those_of_the_standard() {
        let mut tree = Tree::default();
        for (size, root) in ROOTS.iter().enumerate() {
            assert_eq!(hex::encode(tree.root()), *root, "of {size} leaves");
            if let Some(data) = LEAVES.get(size) {
                tree.push(leaf(&hex::decode(data).unwrap()));
            }
        }
    }

    #[test]
    fn a_tree_goes_on_from_its_edge() {
        let mut whole = Tree::default();
        for n in 0u32..100 {
            let mut again = Tree::restore(whole.size(), whole.peaks().to_vec()).unwrap();
            whole.push(leaf(&n.to_be_bytes()));
            again.push(leaf(&n.to_be_bytes()));
            assert_eq!(again, whole);
        }
        assert_eq!(Tree::restore(3, vec![[0; 32]]), None);
    }
}
