namespace OrleansBilling.Gateway.Auth;

/// <summary>Who calls.</summary>
public static class CallerExtensions
{
    /// <summary>The tenant of the caller's key; every entity is looked up in it and in no other.</summary>
    /// <exception cref="InvalidOperationException">The endpoint let somebody in without a key.</exception>
    public static string Tenant(this HttpContext context) => Caller(context).Key.Tenant;

    /// <summary>Whether the caller's key is an operator's.</summary>
    public static bool IsOperator(this HttpContext context) => Caller(context).Key.Operator;

    /// <summary>The one customer whose data the caller's key opens; null when it opens all of the tenant's.</summary>
    public static string? OnlyCustomer(this HttpContext context) => Caller(context).Key.Customer;

    /// <summary>Whose key it is.</summary>
    /// <exception cref="InvalidOperationException">The endpoint let somebody in without a key.</exception>
    public static ApiKeyPrincipal Caller(this HttpContext context) => context.User as ApiKeyPrincipal
        ?? throw new InvalidOperationException($"{context.Request.Path} was reached without a key.");
}
