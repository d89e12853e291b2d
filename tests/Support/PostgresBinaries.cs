using System.Diagnostics;
using System.Globalization;

namespace OrleansBilling.Tests.Support;

/// <summary>Finds the installed PostgreSQL and runs its programs as a user it accepts: it refuses to run as root.</summary>
internal static class PostgresBinaries
{
    private static readonly Lazy<string> Directory = new(Find);
    private static readonly Lazy<string?> User = new(FindUser);

    /// <summary>A program of PostgreSQL, to be started by the unprivileged user.</summary>
    public static ProcessStartInfo Program(string name, params ReadOnlySpan<string> arguments)
    {
        var path = Path.Combine(Directory.Value, name);
        var start = new ProcessStartInfo(User.Value is null ? path : "setpriv")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        // setpriv becomes the program, so that its process id and its signals are the program's own.
        string[] become = User.Value is { } user ? [$"--reuid={user}", $"--regid={user}", "--clear-groups", path] : [];
        foreach (var argument in (ReadOnlySpan<string>)[.. become, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["LC_ALL"] = "C";
        start.Environment.Remove("PGDATA");
        return start;
    }

    /// <summary>Lets the unprivileged user have a directory.</summary>
    public static Task GiveAsync(string directory) =>
        User.Value is null ? Task.CompletedTask : RunAsync(new("chown", [User.Value, directory]));

    public static async Task RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} failed:\n{await output}{await errors}");
        }
    }

    private static string Find()
    {
        const string Installed = "/usr/lib/postgresql";
        var versions = !System.IO.Directory.Exists(Installed) ? [] : System.IO.Directory.GetDirectories(Installed)
            .OrderByDescending(path => int.TryParse(
                Path.GetFileName(path), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(path => Path.Combine(path, "bin"));
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return versions.Concat(path).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            ?? throw new InvalidOperationException(
                $"These tests need PostgreSQL: initdb is neither in {Installed}/*/bin nor in the PATH. " +
                "On Debian: apt-get install postgresql");
    }

    // Numeric, because setpriv resolves a group by its own name.
    private static string? FindUser() => !Environment.IsPrivilegedProcess ? null : File.ReadLines("/etc/passwd")
        .Select(line => line.Split(':'))
        .Where(fields => fields[0] is "postgres" or "nobody")
        .OrderByDescending(fields => fields[0] == "postgres")
        .Select(fields => fields[2])
        .FirstOrDefault()
        ?? throw new InvalidOperationException("Root cannot run PostgreSQL, and there is no user 'postgres' or 'nobody'.");
}
