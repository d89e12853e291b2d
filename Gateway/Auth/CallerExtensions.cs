namespace OrleansBilling.Gateway.Auth;

/// <summary>Who calls.</summary>
public static class CallerExtensions
{
    /// <summary>The tenant of the caller's key; every entity is looked up in it and in no other.</summary>
    /// <exception cref="InvalidOperationException">The endpoint let somebody in without a key.</exception>
    public static string Tenant(this HttpContext context) => Caller(context).Key.Tenant;

    /// <summary>Whether the caller's key is an operator's.</summary>
    public static bool IsOperator(this HttpContext context) => Caller(context).Key.Operator;

    private static ApiKeyPrincipal Caller(HttpContext context) => context.User as ApiKeyPrincipal
        ?? throw new InvalidOperationException($"{context.Request.Path} was reached without a key.");
}
