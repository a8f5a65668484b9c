/* Linked lists and a binary tree in an array of nodes; recursion; bit counting and fields. */
#include "programs.h"

typedef struct Node {
    struct Node *left;
    struct Node *right;
    u32 key;
    u32 balance : 3;
    u32 colour : 5;
    int depth : 7;
} Node;

static Node nodes[150];
static u32 used;

static Node *insert(Node *tree, u32 key, int depth)
{
    if (tree == 0) {
        Node *node = &nodes[used++];
        *node = (Node){0, 0, key, key & 7, (key >> 5) & 31, depth};
        return node;
    }
    if (key < tree->key) {
        tree->left = insert(tree->left, key, depth + 1);
        tree->balance++;
    } else {
        tree->right = insert(tree->right, key, depth + 1);
        tree->colour ^= 3;
    }
    return tree;
}

static u32 walk(const Node *tree, u32 digest)
{
    while (tree != 0) {
        digest = walk(tree->left, digest);
        digest = mix(digest, tree->key + tree->balance + (tree->colour << 4) + (u32)tree->depth);
        tree = tree->right;
    }
    return digest;
}

static u32 ones(u32 value)
{
    u32 count = 0;
    while (value != 0) {
        value &= value - 1;
        count++;
    }
    return count;
}

u32 lists(u32 seed)
{
    Node *tree = 0;
    u32 digest = 0;
    used = 0;
    for (u32 index = 0; index < 150; index++) {
        u32 key = noise(&seed);
        tree = insert(tree, key, 0);
        digest += ones(key) + (u32)__builtin_clz(key | 1) + __builtin_bswap32(key);
    }
    return walk(tree, digest);
}
