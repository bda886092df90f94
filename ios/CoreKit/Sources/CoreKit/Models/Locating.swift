import DoorstepCore

extension RecordModel {
    /// Notes where the phone is, roughly, because somebody touched for it.
    public func locate() async {
        let draft = draft
        await guarded { model throws(Failure) in
            switch await model.session.host.locator.here() {
            case .found(let latitude, let longitude):
                model.state.values["location"] = try await model.session.ask { client in
                    try client.locate(id: draft, latitude: latitude, longitude: longitude)
                    return try client.draft(id: draft).fields["location"]
                }
                model.state.failure = nil
            case .noPermission: throw .invalid(field: "location", code: "not_allowed")
            case .unknown: throw .invalid(field: "location", code: "unknown")
            }
        }
    }
}
