using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of devices, with their documentation.</summary>
internal static class DeviceRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/devices", DeviceEndpoints.RegisterAsync).Needs(KeyScopes.Devices)
            .Doc(new("Devices", "Register a device", "What reports usage, with the subscription that pays for it.")
            {
                RequestExample = """{ "id": "meter-17", "subscription": "s-1" }""",
            }).Takes<DeviceBody>().Answers<DeviceView>(201, 200).Problems(409);
        routes.MapPost("/v1/devices/batch", DeviceBatchEndpoint.RegisterAsync).Needs(KeyScopes.Devices)
            .Doc(new("Devices", "Register many devices",
                "At most 1,000. Every device is answered by itself: one that is refused does not hold up the others. Durable when "
                + "answered; sending the same devices again is safe.")
            {
                RequestExample = """
                    { "devices": [ { "id": "meter-18", "subscription": "s-1" }, { "id": "meter-19", "subscription": "s-9" } ] }
                    """,
                ResponseExample = """
                    { "registered": 1, "unchanged": 0, "refused": 1, "results": [
                      { "id": "meter-18", "status": "registered" },
                      { "id": "meter-19", "status": "refused", "errors": [ { "code": "subscription.unknown",
                        "message": "There is no subscription 's-9'.", "pointer": "/devices/1/subscription" } ] } ] }
                    """,
            }).Takes<DeviceBatchShape>().Answers<DeviceBatchAnswer>();
        routes.MapPost("/v1/devices/batch/changes", DeviceChangesEndpoint.ChangeAsync).Needs(KeyScopes.Devices)
            .Doc(new("Devices", "Move many devices, or set their states",
                "At most 1,000, each answered by itself: one that is refused does not hold up the others. Changes of one device are made in their "
                + "order. Durable when answered; sending the same changes again is safe.")
            {
                RequestExample = """
                    { "changes": [ { "device": "meter-18", "assignment": { "subscription": "s-2" }, "from": "2012-06-11T00:00:00Z" },
                      { "device": "meter-99", "state": "suspended", "from": "2012-06-11T00:00:00Z" } ] }
                    """,
                ResponseExample = """
                    { "changed": 1, "unchanged": 0, "refused": 1, "results": [
                      { "device": "meter-18", "status": "changed" },
                      { "device": "meter-99", "status": "refused", "errors": [ { "code": "device.unknown",
                        "message": "No such device is registered.", "pointer": "/changes/1/device" } ] } ] }
                    """,
            }).Takes<DeviceChangesShape>().Answers<DeviceChangesAnswer>();
        routes.MapGet("/v1/devices", DeviceEndpoints.ListAsync).Needs(KeyScopes.Read | KeyScopes.Devices)
            .Doc(new("Devices", "List devices", "By id.") { Query = ["limit", "cursor"] })
            .Answers<PageAnswer<DeviceView>>().Problems(422);
        routes.MapGet("/v1/devices/{id}", DeviceEndpoints.GetAsync).Needs(KeyScopes.Read | KeyScopes.Devices)
            .Doc(new("Devices", "Read a device", "With its history of assignments and states."))
            .AnswersEntity<DeviceView>().Problems(404);
        routes.MapPost("/v1/devices/{id}/assignments", DeviceEndpoints.AssignAsync).Needs(KeyScopes.Devices)
            .Doc(new("Devices", "Move a device to a subscription",
                "From an instant on; what was used before stays where it was. A null subscription takes the device "
                + "away.")
            {
                RequestExample = """{ "subscription": "s-2", "from": "2012-06-11T00:00:00Z" }""",
            }).Takes<AssignmentBody>().Answers<DeviceView>().Problems(404, 409).MayRequireMatch();
        routes.MapPost("/v1/devices/{id}/state", DeviceEndpoints.SetStateAsync).Needs(KeyScopes.Devices)
            .Doc(new("Devices", "Change a device's state",
                "inventory, test, activationReady, active, standby, suspended or terminated, from an instant on. Usage is billed in active and "
                + "standby, and in others where the plan says so; it makes a device active that is in test or activationReady. Terminated is "
                + "for good.")
            {
                RequestExample = """{ "state": "suspended", "from": "2012-06-11T00:00:00Z" }""",
            }).Takes<DeviceStateBody>().Answers<DeviceView>().Problems(404, 409).MayRequireMatch();
        routes.MapPost("/v1/devices/{id}/register-resets", DeviceEndpoints.ResetRegisterAsync).Needs(KeyScopes.Devices)
            .Doc(new("Devices", "Declare a replaced or reset register",
                "Without this a reading that goes backwards is quarantined.")
            {
                RequestExample = """
                    { "meter": "energy", "at": "2012-06-11T00:00:00Z", "finalReading": "8123.4", "startReading": "0" }
                    """,
            }).Takes<RegisterResetBody>().Answers<DeviceView>().Problems(404, 409).MayRequireMatch();
        routes.MapGet("/v1/devices/{id}/usage", DeviceEndpoints.UsageAsync).Needs(KeyScopes.Read | KeyScopes.Devices)
            .Doc(new("Devices", "Read a device's usage",
                "A row per subscription, billing period and meter.") { Query = ["from", "to"] })
            .Answers<DeviceUsage>().Problems(404, 422);
    }
}
