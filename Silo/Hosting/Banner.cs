using OrleansBilling.Gateway;
using OrleansBilling.Gateway.Auth;

namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// What a person needs to go on after the start: addresses, and on the first one the key and a first call.
/// </summary>
internal static class Banner
{
    public static async Task ShowAsync(WebApplication app)
    {
        if (app.Services.GetService<KeyBootstrap>() is not { } bootstrap)
        {
            await Console.Out.WriteLineAsync("The silo has joined its cluster; gateways serve it.");
            return;
        }
        var keys = await bootstrap.EnsureAsync(app.Lifetime.ApplicationStopping);
        var options = app.Services.GetRequiredService<GatewayOptions>();
        var storage = StorageOptions.From(app.Configuration);
        var http = options.HttpUrl.TrimEnd('/');
        await Console.Out.WriteLineAsync($"""

              OrleansBilling is ready.
              HTTP       {http}/v1          reference {http}/docs
              gRPC       {options.GrpcUrl}
              Dashboard  {http}/dashboard   metrics {http}/metrics   (any user name, an operator key as password)
              Data       {storage.Describe()}

            """);
        if (keys.NewKey is { } key)
        {
            await Console.Out.WriteLineAsync($"""
                  Operator key, shown this once:  {key}

                  Try it:  curl -s {http}/v1/clock -H "Authorization: Bearer {key}"

                """);
        }
    }
}
