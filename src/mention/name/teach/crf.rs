//! Training of the linear-chain model: maximum likelihood, FTRL-proximal steps with L1.

use crate::mention::name::model::{LABELS, Model, START, allowed};

/// A segment for training: dense feature numbers and the gold label of each token.
pub(super) struct Instance {
    pub tokens: Vec<Vec<u32>>,
    pub gold: Vec<u8>,
    pub weight: f32,
}

/// Step sizes and penalties.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    pub alpha: f32,
    pub l1: f32,
    pub l2: f32,
    pub epochs: usize,
    pub seed: u64,
}

/// Accumulated gradients: the weights follow from them.
pub(super) struct Weights {
    z: Vec<[f32; LABELS]>,
    n: Vec<[f32; LABELS]>,
    pub moves: [[f32; LABELS]; 8],
    move_sums: [[f32; LABELS]; 8],
}

impl Weights {
    fn new(features: usize) -> Self {
        Self {
            z: vec![[0.0; LABELS]; features],
            n: vec![[0.0; LABELS]; features],
            moves: [[0.0; LABELS]; 8],
            move_sums: [[0.0; LABELS]; 8],
        }
    }

    /// The weights of one feature.
    pub(super) fn row(&self, feature: usize, steps: &Steps) -> [f32; LABELS] {
        std::array::from_fn(|l| {
            let (z, n) = (self.z[feature][l], self.n[feature][l]);
            if z.abs() <= steps.l1 {
                0.0
            } else {
                (z.signum() * steps.l1 - z) / ((1.0 + n.sqrt()) / steps.alpha + steps.l2)
            }
        })
    }

    fn step(&mut self, instance: &Instance, steps: &Steps) {
        let rows: Vec<Vec<[f32; LABELS]>> =
            instance.tokens.iter().map(|t| t.iter().map(|&f| self.row(f as usize, steps)).collect()).collect();
        let scores: Vec<[f32; LABELS]> = rows
            .iter()
            .map(|rows| {
                let mut sum = [0.0; LABELS];
                rows.iter().for_each(|row| (0..LABELS).for_each(|l| sum[l] += row[l]));
                sum
            })
            .collect();
        let (token, moves) = self.expected(&scores);
        for (i, features) in instance.tokens.iter().enumerate() {
            let mut gradient = token[i];
            gradient[usize::from(instance.gold[i])] -= 1.0;
            gradient.iter_mut().for_each(|g| *g *= instance.weight);
            for (&f, row) in features.iter().zip(&rows[i]) {
                let (z, n) = (&mut self.z[f as usize], &mut self.n[f as usize]);
                for l in 0..LABELS {
                    let g = gradient[l];
                    let sigma = ((n[l] + g * g).sqrt() - n[l].sqrt()) / steps.alpha;
                    z[l] += g - sigma * row[l];
                    n[l] += g * g;
                }
            }
        }
        self.step_moves(instance, moves, steps);
    }

    fn step_moves(&mut self, instance: &Instance, mut gradient: [[f32; LABELS]; 8], steps: &Steps) {
        let mut from = START;
        for &label in &instance.gold {
            gradient[from][usize::from(label)] -= 1.0;
            from = usize::from(label);
        }
        for (p, row) in gradient.iter().enumerate() {
            for (l, g) in row.iter().enumerate() {
                let g = g * instance.weight;
                self.move_sums[p][l] += g * g;
                self.moves[p][l] -= steps.alpha * g / (1.0 + self.move_sums[p][l].sqrt());
            }
        }
    }

    /// Expected labels of each token and expected transitions, by the forward-backward sums.
    fn expected(&self, scores: &[[f32; LABELS]]) -> (Vec<[f32; LABELS]>, [[f32; LABELS]; 8]) {
        let n = scores.len();
        let (mut ahead, mut back) = (vec![[f32::NEG_INFINITY; LABELS]; n], vec![[0.0f32; LABELS]; n]);
        for l in (0..LABELS).filter(|&l| allowed(START, l) && !matches!(l, 2 | 4 | 6)) {
            ahead[0][l] = self.moves[START][l] + scores[0][l];
        }
        for i in 1..n {
            for l in 0..LABELS {
                let ways = (0..LABELS).filter(|&p| allowed(p, l)).map(|p| ahead[i - 1][p] + self.moves[p][l]);
                ahead[i][l] = log_sum(ways) + scores[i][l];
            }
        }
        for i in (0..n - 1).rev() {
            for p in 0..LABELS {
                let ways = (0..LABELS).filter(|&l| allowed(p, l));
                back[i][p] = log_sum(ways.map(|l| self.moves[p][l] + scores[i + 1][l] + back[i + 1][l]));
            }
        }
        let total = log_sum(ahead[n - 1].iter().copied());
        let token: Vec<[f32; LABELS]> =
            (0..n).map(|i| std::array::from_fn(|l| (ahead[i][l] + back[i][l] - total).exp())).collect();
        let mut moves = [[0.0; LABELS]; 8];
        moves[START] = token[0];
        for i in 1..n {
            for p in 0..LABELS {
                for l in (0..LABELS).filter(|&l| allowed(p, l)) {
                    moves[p][l] += (ahead[i - 1][p] + self.moves[p][l] + scores[i][l] + back[i][l] - total).exp();
                }
            }
        }
        (token, moves)
    }

    /// The transition scores as the runtime wants them.
    pub(super) fn integer_moves(&self, scale: f32, model: &mut Model) {
        model.scale = scale as i32;
        for (row, from) in model.moves.iter_mut().zip(&self.moves) {
            for (score, weight) in row.iter_mut().zip(from) {
                *score = (weight * scale).round() as i32;
            }
        }
    }
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let top = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if top == f32::NEG_INFINITY { top } else { top + values.map(|v| (v - top).exp()).sum::<f32>().ln() }
}

/// Trains on the instances in an order drawn from the seed.
pub(super) fn train(instances: &[Instance], features: usize, steps: &Steps) -> Weights {
    let mut weights = Weights::new(features);
    let mut order: Vec<usize> = (0..instances.len()).collect();
    let mut random = Random(steps.seed);
    for _ in 0..steps.epochs {
        random.shuffle(&mut order);
        for &i in &order {
            weights.step(&instances[i], steps);
        }
    }
    weights
}

/// A small seeded generator (SplitMix64).
pub(super) struct Random(pub u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// True once in `n` times.
    pub(super) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(super) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
