namespace OrleansBilling.Gateway.Requests;

/// <summary>How much a request body may have, in bytes.</summary>
public static class BodyLimit
{
    /// <summary>A batch of usage, over HTTP and as one gRPC message.</summary>
    public const int Events = 16 * 1024 * 1024;

    /// <summary>A plan: schedules of hourly prices are long.</summary>
    public const int Plan = 8 * 1024 * 1024;

    /// <summary>A definition in YAML, which people write; reading it takes more than reading JSON.</summary>
    public const int Yaml = 2 * 1024 * 1024;

    /// <summary>Everything else.</summary>
    public const int Other = 4 * 1024 * 1024;
}
