namespace OrleansBilling.Gateway.Kafka;

/// <summary>Puts the reader of Kafka into a host that has the gateway.</summary>
public static class KafkaHosting
{
    /// <summary>Whether the configuration names brokers.</summary>
    public static bool IsWanted(IConfiguration configuration) => KafkaSettings.IsWanted(configuration);

    /// <summary>
    /// Adds it when it is wanted. Call it after Orleans was added: services stop in the other order, and the reader needs the silos until
    /// it has finished.
    /// </summary>
    /// <exception cref="GatewayConfigurationException">A setting is missing or makes no sense.</exception>
    public static WebApplicationBuilder AddKafka(this WebApplicationBuilder builder)
    {
        if (!IsWanted(builder.Configuration))
        {
            return builder;
        }
        var settings = KafkaSettings.From(builder.Configuration);
        KafkaClients.Check(settings);
        builder.Services.AddSingleton(settings).AddSingleton<LaneSet>().AddSingleton<KafkaMetrics>().AddSingleton<KafkaClients>();
        builder.Services.AddSingleton<KnownTenants>().AddSingleton<DeadLetters>().AddSingleton<MessageTaker>();
        builder.Services.AddHostedService<KafkaIntake>();
        return builder;
    }
}
