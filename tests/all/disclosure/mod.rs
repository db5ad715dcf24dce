//! No figure that is withheld can be calculated from all that was told: tried by an attacker who reads every release and
//! knows the method (decision 0102). With nothing but the small figures withheld, the same attacker wins.

mod attacker;
mod integer;
mod keeping;
mod linear;
mod people;
mod safety;
mod stories;
