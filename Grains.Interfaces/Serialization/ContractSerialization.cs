using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace OrleansBilling.Contracts.Serialization;

/// <summary>Serialization that silos and their clients share.</summary>
public static class ContractSerialization
{
    /// <summary>Core types travel in the product's JSON dialect; our own exceptions as themselves.</summary>
    public static IServiceCollection AddBillingSerialization(this IServiceCollection services) => services
        .Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("OrleansBilling"))
        .AddSerializer(s => s.AddJsonSerializer(
            type => type.Namespace?.StartsWith("OrleansBilling.Core", StringComparison.Ordinal) == true, BillingJson.Options));
}
