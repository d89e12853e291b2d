using System.Globalization;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>What <c>tests/fuzz</c> sets for a longer run.</summary>
internal static class FuzzSettings
{
    public static long Seed => Of("FUZZ_SEED", 1);

    public static long Of(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
