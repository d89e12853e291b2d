using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>
/// Which limits a new key may have. Only operators give more than the server is set to, or than the key that makes it has itself:
/// otherwise nobody would be limited who may make keys.
/// </summary>
internal static class KeyLimitFaults
{
    /// <summary>What is wrong with the limits.</summary>
    public static IEnumerable<ProblemError> Of(KeyLimitsBody? limits, ApiKeyRecord maker, GatewayLimits defaults)
    {
        if (Fault("requestsPerSecond", limits?.RequestsPerSecond, maker, maker.RequestsPerSecond ?? defaults.RequestsPerSecond) is { } requests)
        {
            yield return requests;
        }
        if (Fault("eventsPerSecond", limits?.EventsPerSecond, maker, maker.EventsPerSecond ?? defaults.EventsPerSecond) is { } events)
        {
            yield return events;
        }
    }

    /// <summary>A limit that is not given is the maker's own.</summary>
    public static ApiKeyRecord Limited(this ApiKeyRecord key, KeyLimitsBody? limits, ApiKeyRecord maker) => key with
    {
        RequestsPerSecond = limits?.RequestsPerSecond ?? (maker.Operator ? null : maker.RequestsPerSecond),
        EventsPerSecond = limits?.EventsPerSecond ?? (maker.Operator ? null : maker.EventsPerSecond),
    };

    private static ProblemError? Fault(string name, int? wanted, ApiKeyRecord maker, int most) => wanted switch
    {
        null => null,
        < 1 or > GatewayLimits.HighestRate =>
            new("key.limit_invalid", $"Write a number from 1 to {GatewayLimits.HighestRate}.", $"/limits/{name}"),
        _ when wanted > most && most > 0 && !maker.Operator =>
            new("key.limit_too_high", $"Only an operator makes a key with more than {most}.", $"/limits/{name}"),
        _ => null,
    };
}
