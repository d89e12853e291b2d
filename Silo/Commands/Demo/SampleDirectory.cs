namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>Finds the maps, plans and samples that come with the source or the published program.</summary>
public static class SampleDirectory
{
    private static readonly string Below = Path.Combine("deploy", "samples");

    /// <summary>In a directory above the program, or above the current one.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Find()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var place = new DirectoryInfo(start); place is not null; place = place.Parent)
            {
                if (Directory.Exists(Path.Combine(place.FullName, Below)))
                {
                    return Path.Combine(place.FullName, Below);
                }
            }
        }

        throw new UsageException($"There is no {Below} above the program or the current directory.");
    }
}
