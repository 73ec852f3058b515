//! The findings that two values have in common, which differ only in their placeholders.

use std::collections::HashMap;

use super::{
    findings::{Finding, Findings},
    path::Step,
    violation::DependsOn,
};

impl Findings {
    /// Keeps the findings that also apply to another value with other placeholders.
    ///
    /// If there is no other value, a finding counts only if the client sent everything around it.
    pub(crate) fn keep_common(&mut self, other: Option<Self>) {
        let Some(other) = other else {
            for finding in &mut self.findings {
                finding.depends_on = DependsOn::Siblings;
            }
            return;
        };
        let theirs = by_place(&other.findings);
        let ours = by_place(&self.findings);
        let is_common = |(number, finding): (usize, &Finding)| {
            // Almost always both values have the same findings in the same order.
            let is_same = |other: &&Finding| is_alike(other, finding) && other.steps == finding.steps;
            if other.findings.get(number).filter(is_same).is_some() {
                return true;
            }
            let place = place_of(finding);
            // For each similar finding: whether it has exactly the same steps.
            let similar = |all: &HashMap<_, Vec<&Finding>>| -> Vec<bool> {
                let there = all.get(&place).into_iter().flatten();
                there
                    .filter(|other| is_alike(other, finding))
                    .map(|other| other.steps == finding.steps)
                    .collect()
            };
            let similar_theirs = similar(&theirs);
            // The items of a set may be in another order, but there are as many of them.
            similar_theirs.contains(&true) || similar_theirs.len() == similar(&ours).len()
        };
        let keep: Vec<bool> = self.findings.iter().enumerate().map(is_common).collect();
        let mut keep = keep.into_iter();
        self.findings.retain(|_| keep.next().unwrap_or_default());
    }
}

fn is_alike(one: &Finding, other: &Finding) -> bool {
    one.violation == other.violation
}

fn place_of(finding: &Finding) -> Vec<Step> {
    finding.steps.iter().map(Step::without_number).collect()
}

/// Groups findings by their places, without the numbers of items.
fn by_place(findings: &[Finding]) -> HashMap<Vec<Step>, Vec<&Finding>> {
    let mut places: HashMap<_, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        places.entry(place_of(finding)).or_default().push(finding);
    }
    places
}
