//! Where a worker stood when they asked their phone to note it: one moment, roughly.

/// A place as a record keeps it, to two decimals of a degree: about a kilometre, which tells a street
/// market from a village and no house from its neighbour. None for what is no place on earth.
pub fn rough_location(latitude: f64, longitude: f64) -> Option<String> {
    let is_on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    // Adding nothing makes "-0.00" a plain zero.
    let round = |degrees: f64| (degrees * 100.0).round() / 100.0 + 0.0;
    is_on_earth.then(|| format!("{:.2},{:.2}", round(latitude), round(longitude)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_kept_to_about_a_kilometre_and_what_is_none_is_not_kept() {
        assert_eq!(rough_location(31.230_416, 121.473_701).as_deref(), Some("31.23,121.47"));
        assert_eq!(rough_location(-0.001, -179.999).as_deref(), Some("0.00,-180.00"));
        for (latitude, longitude) in [(90.1, 0.0), (0.0, 180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(rough_location(latitude, longitude), None);
        }
    }
}
