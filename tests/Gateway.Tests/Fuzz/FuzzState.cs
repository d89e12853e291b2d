using OrleansBilling.Gateway.Tests.Access;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>All that a world shows of what usage and quota change, as one text.</summary>
internal static class FuzzState
{
    private static readonly string[] Pages =
    [
        "/v1/customers/c-own/bill", "/v1/customers/both/bill", "/v1/customers/other/bill", "/v1/quarantine", "/v1/devices",
        .. new[] { "d-own", "moved-own", "state-own", "quota-own", "loose-own" }.Select(device => $"/v1/devices/{device}/usage"),
        "/v1/devices/quota-own/reservations/r-own", "/v1/devices/quota-own/reservations/rpc-own",
    ];

    public static async Task<string> OfAsync(AccessWorld world)
    {
        var texts = new List<string>();
        foreach (var page in Pages)
        {
            var answer = await world.Owner.GetAsync(page);
            texts.Add($"{page} {answer.Status} {answer.Body}");
        }
        return string.Join('\n', texts);
    }
}
