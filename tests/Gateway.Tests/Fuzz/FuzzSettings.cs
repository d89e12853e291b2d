using System.Globalization;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>What <c>tests/fuzz</c> sets for a longer run.</summary>
internal static class FuzzSettings
{
    public static long Seed => Of("FUZZ_SEED", 1);

    /// <summary>How often memory is looked at.</summary>
    public static int Rounds => (int)Of("FUZZ_ROUNDS", 4);

    /// <summary>How many requests are sent again each time.</summary>
    public static int Kept => (int)Of("FUZZ_KEPT", 300);

    public static long Of(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
