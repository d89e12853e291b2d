namespace OrleansBilling.Cluster.Tests.Support;

/// <summary>Where things are, found from the test's own directory.</summary>
internal static class Places
{
    /// <summary>The checkout.</summary>
    public static string Repository { get; } = Find();

    /// <summary>Maps, plans and samples.</summary>
    public static string Samples { get; } = Path.Combine(Repository, "deploy", "samples");

    /// <summary>The whole of the data sets, where they lie beside the checkout; else null.</summary>
    public static string? SharedData { get; } =
        Path.GetFullPath(Path.Combine(Repository, "..", "shared", "data")) is var path && Directory.Exists(path) ? path
            : null;

    /// <summary>The best data there is.</summary>
    public static string Data => SharedData ?? Samples;

    private static string Find()
    {
        for (var place = new DirectoryInfo(AppContext.BaseDirectory); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, "OrleansBilling.sln")))
            {
                return place.FullName;
            }
        }

        // A build elsewhere names the checkout.
        return Environment.GetEnvironmentVariable("ORLEANSBILLING_CHECKOUT")
            ?? throw new InvalidOperationException("The tests must run inside a checkout.");
    }
}
