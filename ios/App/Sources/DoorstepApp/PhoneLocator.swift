import CoreKit
import CoreLocation

/// Where the phone is, asked of the system once for each touch; never more exactly than the system's reduced accuracy.
@MainActor
final class PhoneLocator: NSObject, Locator {
    private let manager = CLLocationManager()
    private var allowing: CheckedContinuation<Void, Never>?
    private var asking: CheckedContinuation<Spot, Never>?

    override init() {
        super.init()
        manager.delegate = self
        manager.desiredAccuracy = kCLLocationAccuracyReduced
    }

    func here() async -> Spot {
        // Somebody touched twice: the first touch is answered.
        guard asking == nil, allowing == nil else { return .unknown }
        if manager.authorizationStatus == .notDetermined {
            await withCheckedContinuation { continuation in
                allowing = continuation
                manager.requestWhenInUseAuthorization()
            }
        }
        guard [.authorizedWhenInUse, .authorizedAlways].contains(manager.authorizationStatus) else {
            return .noPermission
        }
        return await withCheckedContinuation { continuation in
            asking = continuation
            manager.requestLocation()
        }
    }

    private func answer(_ spot: Spot) {
        asking?.resume(returning: spot)
        asking = nil
    }
}

extension PhoneLocator: CLLocationManagerDelegate {
    func locationManagerDidChangeAuthorization(_ manager: CLLocationManager) {
        guard manager.authorizationStatus != .notDetermined else { return }
        allowing?.resume()
        allowing = nil
    }

    func locationManager(_ manager: CLLocationManager, didUpdateLocations places: [CLLocation]) {
        answer(
            places.last.map { .found(latitude: $0.coordinate.latitude, longitude: $0.coordinate.longitude) }
                ?? .unknown)
    }

    func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) { answer(.unknown) }
}
