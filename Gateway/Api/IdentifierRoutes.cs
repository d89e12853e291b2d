using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of identifiers, with their documentation.</summary>
internal static class IdentifierRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/devices/{id}/identifiers", IdentifierEndpoints.AddAsync).Needs(KeyScopes.Devices)
            .Doc(new("Devices", "Give a device an identifier",
                "For a time. An event that names the identifier is usage of the device that has it at the event's own time. A time that is "
                + "another device's is a conflict, unless 'takeOver' ends the other one's at 'from'.")
            {
                RequestExample = """
                    { "kind": "imsi", "value": "262011234567890", "from": "2012-06-01T00:00:00Z" }
                    """,
            }).Takes<IdentifierBody>().Answers<DeviceView>(201, 200).Problems(404, 409);
        routes.MapPost("/v1/devices/{id}/identifiers/end", IdentifierEndpoints.EndAsync).Needs(KeyScopes.Devices)
            .Doc(new("Devices", "Take an identifier away from a device",
                "From an instant on. A conflict when usage that named it came at or after the instant: what usage was counted for stays.")
            {
                RequestExample = """
                    { "kind": "imsi", "value": "262011234567890", "to": "2012-07-01T00:00:00Z" }
                    """,
            }).Takes<IdentifierEndBody>().Answers<DeviceView>().Problems(404, 409);
        routes.MapGet("/v1/identifiers/{kind}/{value}", IdentifierEndpoints.GetAsync).Needs(KeyScopes.Read | KeyScopes.Devices)
            .Doc(new("Devices", "Look up an identifier", "Whose it is at an instant (now when left out), and whose it was.")
            {
                Query = ["at"],
                ResponseExample = """
                    { "kind": "msisdn", "value": "+4915112345678", "at": "2012-07-02T00:00:00Z", "device": "sim-2", "owners": [
                      { "device": "sim-1", "from": "2012-06-01T00:00:00Z", "to": "2012-07-01T00:00:00Z" },
                      { "device": "sim-2", "from": "2012-07-01T00:00:00Z" } ] }
                    """,
            }).Answers<IdentifierLookup>().Problems(404, 422);
    }
}
