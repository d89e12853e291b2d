namespace OrleansBilling.Gateway.Hosting;

/// <summary>
/// Console logs: one structured line an entry, Orleans and ASP.NET Core only when something is wrong.
/// </summary>
public static class Logs
{
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        if (Console.IsOutputRedirected)
        {
            builder.Logging.AddJsonConsole(o =>
            {
                o.UseUtcTimestamp = true;
                o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.TimestampFormat = "HH:mm:ss ";
            });
        }
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        // Tells every message that cannot be read as an error; MalformedMessageMiddleware tells those that are ours.
        builder.Logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.None);
        // Orleans places grains through a Polly pipeline that tells every attempt.
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        // Workstation garbage collection is meant: the default shares a small machine with everything else.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        // "Orleans" above is the beginning of our own names too; who reads which partition of Kafka is worth a line.
        builder.Logging.AddFilter("OrleansBilling.Gateway.Kafka", LogLevel.Information);
        // Takes the machine's uptime for its own at the first look.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // A start that fails is told once and in words, by the host itself.
        builder.Logging.AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
