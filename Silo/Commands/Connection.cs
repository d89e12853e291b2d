using OrleansBilling.Silo.Commands.Api;

namespace OrleansBilling.Silo.Commands;

/// <summary>Where a command finds the server: options first, then the environment, then the defaults.</summary>
public static class Connection
{
    /// <summary>The address of a server that runs with its defaults.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The base address.</summary>
    /// <exception cref="UsageException">It is not an http or https address.</exception>
    public static Uri Url(CommandArguments arguments)
    {
        var text = arguments.Value("url") ?? Environment.GetEnvironmentVariable("ORLEANSBILLING_URL") ?? DefaultUrl;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url!
            : throw new UsageException($"--url needs an http address such as {DefaultUrl}, not \"{text}\".");
    }

    /// <summary>The API key.</summary>
    /// <exception cref="UsageException">None was given.</exception>
    public static string Key(CommandArguments arguments) =>
        arguments.Value("key")
        ?? Environment.GetEnvironmentVariable("ORLEANSBILLING_KEY")
        ?? throw new UsageException(
            "An API key is needed: --key KEY or the environment variable ORLEANSBILLING_KEY. "
            + "The server prints an admin key when it starts for the first time.");

    /// <summary>A client with both.</summary>
    public static BillingClient Open(CommandArguments arguments, TimeProvider time) =>
        new(Url(arguments), Key(arguments), time);
}
